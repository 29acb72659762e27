// Files dropped anywhere on the page, and a table pasted with its cells, go into the field that takes files.
const root = document.documentElement;
const field = document.querySelector('form[data-drop] input[type=file]');

function take(files) {
  delete root.dataset.dropping;
  field.files = files;
  field.form.requestSubmit();
}

document.addEventListener('dragover', (event) => {
  if (!event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  root.dataset.dropping = '';
});
document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) delete root.dataset.dropping; });
document.addEventListener('drop', (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});
document.addEventListener('paste', (event) => {
  const html = event.clipboardData?.getData('text/html') ?? '';
  if (!/<table/i.test(html) || event.target.matches('input')) return;
  event.preventDefault();
  const made = new DataTransfer();
  made.items.add(new File([html], 'Pasted table.html', { type: 'text/html' }));
  take(made.files);
});
