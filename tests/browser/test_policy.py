"""The content-security policy in a real Chromium: what is planted does not run.

That what is ours does is seen by test_every_page, where a refusal is an error on the console, and errors are faults.
"""

from collections.abc import Callable

from tests.browser.visit import Visit

_LISTEN = """() => { window.violations = [];
  document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective)); }"""
_PLANT = """() => new Promise(done => {
  const script = document.createElement('script');
  script.textContent = 'window.planted = "script"';
  document.body.append(script);
  const picture = document.createElement('img');
  picture.setAttribute('onerror', 'window.planted = "handler"');
  picture.src = '/nothing.png';
  document.body.append(picture);
  const link = document.createElement('a');
  link.href = 'javascript:window.planted = "link"';
  document.body.append(link);
  link.click();
  const far = document.createElement('script');
  far.src = 'https://evil.example/planted.js';
  document.body.append(far);
  const blob = document.createElement('script');
  blob.src = URL.createObjectURL(new Blob(['window.planted = "blob"'], {type: 'text/javascript'}));
  document.body.append(blob);
  setTimeout(() => done(window.planted || 'nothing'), 1000);
})"""


def test_a_planted_script_does_not_run(visit: Callable[..., Visit]) -> None:
    seen = visit("overview")
    seen.page.evaluate(_LISTEN)

    ran = seen.page.evaluate(_PLANT)

    assert ran == "nothing"
    assert len(seen.page.evaluate("() => window.violations.filter(d => d.startsWith('script-src'))")) == 5
    assert any("Content Security Policy" in fault for fault in seen.faults())
