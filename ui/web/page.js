// Runs once in each of the page's parts; gradio gives it `element` (the part), `trigger`, `props` and `watch`.
// Whatever carries data-do is an action: it goes to the part's Python half as the event data-event (or select).
const say = (node, extra) => {
  const { do: what, event = 'select', confirm: sure, ...rest } = node.dataset;
  if (sure && !window.confirm(sure)) return;
  trigger(event, { do: what, ...rest, ...extra });
};
// On a phone the article is a drawer: the focus goes into it, and back to where it was.
const drawer = (open, from) => {
  if (open) window.pilcrowOpener = from;
  else if (document.body.classList.contains('reading')) window.pilcrowOpener?.focus();
  document.body.classList.toggle('reading', open);
};

element.addEventListener('click', (event) => {
  const node = event.target.closest('[data-do]');
  if (!node || node.tagName === 'FORM') return;
  event.preventDefault();
  if (node.dataset.do === 'rename') {
    const title = window.prompt('New name of the conversation', node.parentElement.querySelector('.title').textContent);
    if (title) say(node, { title });
    return;
  }
  if (node.dataset.do === 'correct') {
    const field = document.querySelector('#ask textarea');
    field.value = node.dataset.question;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
    return;
  }
  if (['cite', 'near', 'read'].includes(node.dataset.do)) { drawer(true, node); document.querySelector('#card').hidden = true; }
  if (node.dataset.do === 'close') drawer(false);
  say(node);
});
element.addEventListener('keydown', (event) => {
  const node = event.target.closest('a[data-do]');
  if (node && event.key === ' ') { event.preventDefault(); node.click(); }
});
// What a form says: each field's value, those of the same name a line each.
const said = (form) => {
  const fields = new FormData(form);
  return Object.fromEntries([...new Set(fields.keys())].map((name) => [name, fields.getAll(name).join('\n')]));
};
element.addEventListener('submit', (event) => {
  event.preventDefault();
  say(event.target, said(event.target));
});

// The card: the quoted words of the marker that is pointed at or has the focus.
if (!document.querySelector('#card')) {
  const card = Object.assign(document.createElement('div'), { id: 'card', hidden: true });
  card.setAttribute('role', 'tooltip');
  document.body.append(card);
  const show = (event) => {
    const marker = event.target.closest && event.target.closest('a.cite[data-quote]');
    if (!marker) return;
    card.replaceChildren(...['quote', 'title', 'from', 'days', 'also'].filter((part) => marker.dataset[part]).map((part) =>
      Object.assign(document.createElement('p'), { className: part, textContent: marker.dataset[part] })));
    card.hidden = false;
    const at = marker.getBoundingClientRect(), size = card.getBoundingClientRect();
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
    card.style.top = `${at.bottom + size.height + 10 < innerHeight ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
    marker.setAttribute('aria-describedby', 'card');
  };
  const hide = (event) => { if (event.target.closest && event.target.closest('a.cite')) card.hidden = true; };
  for (const name of ['mouseover', 'focusin']) document.addEventListener(name, show);
  for (const name of ['mouseout', 'focusout']) document.addEventListener(name, hide);
  document.addEventListener('scroll', () => { card.hidden = true; }, true);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { card.hidden = true; drawer(false); }
  });
}

// The parts that do more than report what is clicked.
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const into = (box, node, share) => box.scrollTo({
  top: box.scrollTop + node.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight * share,
  behavior: still ? 'auto' : 'smooth',
});
const part = element.closest('.block')?.id;
const changes = {
  childList: true, subtree: true, characterData: true, attributes: true,
  attributeFilter: ['data-conversation', 'data-turn', 'data-number', 'class'],
};
// Gradio patches what is there and never touches whether a box is ticked.
if (part === 'filters' || part === 'filters-too') watch('value', () => {
  element.querySelectorAll('input[type=checkbox]').forEach((box) => { box.checked = box.hasAttribute('checked'); });
  const form = element.querySelector('form');
  if (form) sessionStorage.setItem('pilcrow-filters', JSON.stringify(said(form)));
});
// A reload keeps the conversation and the filters of this tab.
if (part === 'conversations') trigger('load', {
  conversation: location.hash.slice(1), ...JSON.parse(sessionStorage.getItem('pilcrow-filters') || '{}'),
});
if (['source', 'reading', 'found'].includes(part)) {
  new MutationObserver(() => {
    const cited = element.querySelector('p.cited'), box = element.closest('.article-panel') || element;
    if (cited) into(box, cited, 1 / 3); else box.scrollTo({ top: 0 });
    document.querySelectorAll('a.cite[aria-current]').forEach((a) => a.removeAttribute('aria-current'));
    const open = element.querySelector('article')?.dataset;
    if (document.body.classList.contains('reading')) element.querySelector('.close')?.focus();
    if (open?.turn) document.querySelectorAll(`a.cite[data-turn="${open.turn}"][data-number="${open.number}"]`)
      .forEach((a) => a.setAttribute('aria-current', 'true'));
  }).observe(element, changes);
}
if (part === 'turns' || part === 'now') {
  let seen = '';
  new MutationObserver(() => {
    const turns = document.querySelector('#turns .turns');
    history.replaceState(null, '', turns ? `#${turns.dataset.conversation}` : location.pathname + location.search);
    const all = document.querySelectorAll('#turns .turn, #now .turn'), last = all[all.length - 1];
    const which = last ? `${turns?.dataset.conversation} ${all.length}` : '';
    if (last && which !== seen) { seen = which; into(document.querySelector('#talk'), last, 0.02); }
  }).observe(element, changes);
}
if (part === 'outbox') {
  const copy = async ({ plain, html }) => {
    try {
      await navigator.clipboard.write([new ClipboardItem({
        'text/plain': new Blob([plain], { type: 'text/plain' }), 'text/html': new Blob([html], { type: 'text/html' }),
      })]);
    } catch {
      // Without https or leave to write, the old way.
      const give = (event) => {
        event.preventDefault();
        event.clipboardData.setData('text/plain', plain);
        event.clipboardData.setData('text/html', html);
      };
      document.addEventListener('copy', give, { once: true });
      document.execCommand('copy');
      document.removeEventListener('copy', give);
    }
    element.querySelector('[role=status]').textContent = 'Copied, with its sources.';
  };
  const save = ({ name, media, text }) => {
    const link = Object.assign(document.createElement('a'), {
      href: URL.createObjectURL(new Blob([text], { type: media })), download: name,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    element.querySelector('[role=status]').textContent = `Saved as ${name}.`;
  };
  watch('value', () => {
    const sent = props.value;
    if (sent?.do === 'copy') copy(sent);
    if (sent?.do === 'save') save(sent);
    setTimeout(() => { element.querySelector('[role=status]').textContent = ''; }, 4000);
  });
}
