"""Floor 4: what Streamlit shows. The frame, the menu, who is here, what is cached, and the parts pages are made of."""
