// What the pinned Streamlit lacks for WCAG 2.2 AA and CSS cannot give: names, focus after a page change, no bare-key shortcuts.
(() => { if (window.__a11y) return; window.__a11y = 1;
  document.documentElement.lang = 'en-GB';
  const live = document.createElement('div'); live.setAttribute('role', 'status'); live.setAttribute('aria-live', 'polite');
  live.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)'; document.body.append(live);
  let title = document.title, timer, went = false, arrived = false, jumped = false;
  document.addEventListener('click', e => { if (e.target.closest('a[data-testid*=NavLink],a[data-testid*=PageLink]')) went = true; }, true);
  const fix = () => {
    document.querySelectorAll('input.gdg-input:not([aria-label]),textarea.gdg-input:not([aria-label]),#portal input:not([aria-label]),#portal textarea:not([aria-label])').forEach(e => {
      const c = document.querySelector('[role=gridcell][aria-selected=true]'); const g = c && c.closest('[role=grid]');
      const h = g && [...g.querySelectorAll('[role=columnheader]')].find(x => x.getAttribute('aria-colindex') === c.getAttribute('aria-colindex'));
      e.setAttribute('aria-label', 'Edit ' + (h ? h.innerText : 'cell')); });
    document.querySelectorAll('[role=grid]:not([aria-label])').forEach(e => { const r = e.closest('[role=region][aria-label]'); if (r) e.setAttribute('aria-label', r.getAttribute('aria-label')); });
    // 1.3.1: the menu's sections are boxes inside a list, which no list may hold: they become named groups
    document.querySelectorAll('[data-testid=stSidebarNavItems]:not([role])').forEach(e => e.setAttribute('role', 'none'));
    document.querySelectorAll('[data-testid=stSidebarNavItems] li:not([role])').forEach(e => e.setAttribute('role', 'none'));
    document.querySelectorAll('[data-testid=stNavSectionHeader]').forEach(e => { e.parentElement.setAttribute('role', 'group'); e.parentElement.setAttribute('aria-label', e.querySelector('p') ? e.querySelector('p').innerText : ''); });
    document.querySelectorAll('[data-testid=stFileUploaderDropzone][role=presentation]').forEach(e => e.setAttribute('role', 'group'));
    document.querySelectorAll('[data-testid=stToast]').forEach(e => { if (!e.getAttribute('aria-label')) { e.removeAttribute('aria-labelledby'); e.setAttribute('aria-label', 'Message'); live.textContent = e.innerText; } });
    document.querySelectorAll('[data-testid=stDateInputCalendar] header').forEach(e => e.setAttribute('role', 'group'));
    document.querySelectorAll('[data-testid=stDateInputCalendar] button').forEach(e => { const t = e.innerText.trim(), l = e.getAttribute('aria-label') || ''; if (t && l && !l.toLowerCase().includes(t.toLowerCase())) e.setAttribute('aria-label', t + ', ' + l); });
    const sb = document.querySelector('[data-testid=stSidebar]'), open = sb && sb.dataset.collapsed === 'false';
    if (sb && innerWidth < 769 && open && window.__sb === false && !sb.contains(document.activeElement)) { const a = sb.querySelector('a,button'); if (a) a.focus(); }
    if (sb) window.__sb = open;
    // a link to the rows behind a figure ends at those rows, once the page has been drawn
    const rows = location.hash === '#rows' && document.getElementById('rows');
    if (rows && !jumped && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')) { jumped = true; rows.tabIndex = -1; rows.focus(); rows.scrollIntoView(); }
    // 2.4.3: after a change of page the focus goes to its heading, once the page has been drawn
    if (document.title !== title) { title = document.title; if (went) { went = false; arrived = true; } }
    const app = document.querySelector('[data-testid=stApp]'), h = document.querySelector('[data-testid=stMain] h1');
    if (arrived && h && app && app.dataset.testScriptState === 'notRunning') { arrived = false; live.textContent = 'Page: ' + title; h.tabIndex = -1; h.focus({preventScroll: true}); }
  };
  // a link of ours to another page goes through the menu's own link, which keeps the session; else it loads anew
  document.addEventListener('click', e => { const a = e.target.closest('a.sos-link'); if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
    const there = [...document.querySelectorAll('a[data-testid=stSidebarNavLink]')].find(n => new URL(n.href).pathname === new URL(a.href).pathname);
    if (there) { e.preventDefault(); went = true; there.click(); } });
  // 2.1.4: Streamlit reruns the script on a bare 'r' anywhere on the page
  window.addEventListener('keydown', e => { if ((e.key === 'r' || e.key === 'c') && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest('input,textarea,select,[contenteditable],[role=menu],[role=listbox],[data-testid=stDataFrame]')) e.stopImmediatePropagation(); }, true);
  document.addEventListener('keydown', e => { if (e.key === 'Escape' && innerWidth < 769) { const b = document.querySelector('[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button'); if (b) { b.click(); setTimeout(() => { const x = document.querySelector('[data-testid=stExpandSidebarButton]'); if (x) x.focus(); }, 300); } } });
  new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(fix, 60); }).observe(document.documentElement, {childList: true, subtree: true, attributes: true, attributeFilter: ['data-collapsed', 'data-test-script-state']});
  fix();
})();
