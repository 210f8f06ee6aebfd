// Runs once inside the source panel; gradio gives it `element` (the panel) and `trigger`.
// A marker's address names the answer and the number; the panel's Python half looks it up.
const open = (link) => {
  const found = /#(cite|near)=([\w-]+)\.(\d+)$/.exec(link.getAttribute('href') || '');
  if (!found) return false;
  trigger('select', { kind: found[1], key: found[2], number: Number(found[3]) });
  return true;
};
document.addEventListener('click', (event) => {
  const link = event.target.closest && event.target.closest('a.cite');
  if (link && open(link)) { event.preventDefault(); event.stopPropagation(); }
}, true);
// The cited paragraph is brought into view whenever the panel's content changes.
new MutationObserver(() => {
  const panel = document.querySelector('#source');
  const cited = panel && panel.querySelector('p.cited');
  if (cited && panel.dataset.shown !== cited.textContent + panel.querySelector('h2').textContent) {
    panel.dataset.shown = cited.textContent + panel.querySelector('h2').textContent;
    panel.scrollTop += cited.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
  }
}).observe(element, { childList: true, subtree: true, characterData: true });
