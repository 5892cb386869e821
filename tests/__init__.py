"""Tests, by the rooms they try. A package, so that its name is not taken for another library's."""
