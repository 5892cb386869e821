// What axe has no rule for, as a list of sentences. Evaluated in the page by Visit.faults.
() => {
  const faults = [];
  const root = document.documentElement;
  const main = document.querySelector('[data-testid=stMain]') || document.body;
  const seen = e => {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return box.width > 2 && box.height > 2 && style.visibility !== 'hidden' && style.clip !== 'rect(0px, 0px, 0px, 0px)';
  };
  const words = e => (e.innerText || e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 80);

  if (root.lang !== 'en-GB') faults.push(`the page's language is “${root.lang}”, not en-GB (3.1.1)`);
  if (!document.title.trim() || /^streamlit$/i.test(document.title)) faults.push(`the title is “${document.title}” (2.4.2)`);

  const headings = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(seen);
  const levels = headings.map(h => Number(h.tagName[1]));
  const first = levels.filter(level => level === 1).length;
  if (first !== 1) faults.push(`one h1 expected, ${first} found: ${headings.map(words).join(' | ')}`);
  levels.forEach((level, i) => {
    if (i && level > levels[i - 1] + 1) faults.push(`heading level jumps from ${levels[i - 1]} to ${level}: ${words(headings[i])}`);
  });

  // A page never scrolls sideways; a wide table or chart may, inside its own box (1.4.10).
  for (const pane of [document.scrollingElement, main]) {
    if (pane.scrollWidth > pane.clientWidth + 1) faults.push(`scrolls sideways: ${pane.scrollWidth} px in ${pane.clientWidth} px`);
  }
  const inOwnBox = e => {
    for (let p = e.parentElement; p && p !== main; p = p.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX) && p.scrollWidth > p.clientWidth + 1) return true;
    }
    return false;
  };
  for (const e of main.querySelectorAll('*')) {
    if (e.childElementCount && e.tagName !== 'BUTTON' || !seen(e) || !words(e)) continue;
    if (e.closest('svg,canvas,[aria-hidden=true],.modebar')) continue;
    const style = getComputedStyle(e);
    const cut = (style.overflowX === 'hidden' || style.textOverflow === 'ellipsis') && e.scrollWidth > e.clientWidth + 1;
    const off = e.getBoundingClientRect().right > root.clientWidth + 1 && !inOwnBox(e);
    if (cut || off) faults.push(`text ${cut ? 'is cut off' : 'runs off the right edge'}: ${words(e)} (1.4.4)`);
  }

  // Charts and tables have names (1.1.1, 4.1.2), and a chart's words stand inside the drawing.
  const named = e => e.getAttribute('aria-label') || e.getAttribute('aria-labelledby');
  const drawings = [...main.querySelectorAll('.js-plotly-plot, svg[role=img]')];
  for (const host of main.querySelectorAll('*')) if (host.shadowRoot) drawings.push(...host.shadowRoot.querySelectorAll('svg[role=img]'));
  for (const drawing of drawings) {
    if (!seen(drawing)) continue;
    const host = drawing.matches('svg') ? drawing : drawing.closest('[role=img],[role=figure],[role=group],[aria-label],figure');
    if (!host || !(named(host) || host.querySelector('figcaption, title'))) faults.push('a chart has no name');
    const edge = drawing.getBoundingClientRect();
    for (const text of drawing.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      const out = box.right > edge.right + 2 || box.left < edge.left - 2 || box.bottom > edge.bottom + 2 || box.top < edge.top - 2;
      if (words(text) && seen(text) && out) faults.push(`words of a chart are cut off: ${words(text)}`);
    }
  }
  for (const table of main.querySelectorAll('table')) {
    if (seen(table) && !table.caption && !named(table) && !table.closest('[data-testid=stDataFrame]')) faults.push(`a table has no caption: ${words(table)}`);
  }
  return [...new Set(faults)];
}
