/* Accepts files that are dropped anywhere on the page. */

const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes('Files');

/*
 * `take(event)` reads dropped files. While files are over the page, the page is highlighted. `take`
 * is called during the event, because the files cannot be read after it.
 */
export function setUpFileDrop(take) {
  document.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  for (const over of ['dragleave', 'drop', 'dragend'])
    document.addEventListener(over, (event) => {
      if (over !== 'dragleave' || !event.relatedTarget) document.body.classList.remove('dropping');
    });
  document.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    take(event);
  });
}
