// The search palette: the ordinary search, in a dialog over the page. Its options are links; Enter without one searches.
let dialog;
let input;
let list;
let status;
let timer;
let asking;

function make(form) {
  dialog = document.createElement('dialog');
  dialog.className = 'palette';
  dialog.setAttribute('aria-label', 'Search');
  dialog.innerHTML = `<form role="search"><input class="in" type="search" name="q" role="combobox" aria-label="Search" aria-controls="found"
    aria-expanded="false" aria-autocomplete="list" autocomplete="off" placeholder="A name, or: who answers for …"></form>
    <div class="options" id="found" role="listbox" aria-label="Found"></div><p class="vh" role="status"></p>`;
  dialog.firstChild.action = form.action;
  [input, list, status] = dialog.querySelectorAll('input, .options, [role=status]');
  if (form.elements.on) dialog.firstChild.append(form.elements.on.cloneNode());
  document.body.append(dialog);
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
  input.addEventListener('beforeinput', (event) => { // the slash that opened it may come after the focus
    if (event.data === '/' && input.selectionStart === 0) event.preventDefault();
  });
  input.addEventListener('keydown', move);
  dialog.firstChild.addEventListener('submit', (event) => {
    const chosen = list.querySelector('[aria-selected=true]');
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
}

// Opens on what was typed into the field of the top bar. What had the focus before it has it again afterwards: in the field
// another slash would be typed, not open it again.
export function open(field, from) {
  if (!dialog) make(field.form);
  const typed = field.value !== field.defaultValue;
  input.value = typed ? field.value.replace(/^\//, '') : field.value; // without the slash that opened it
  field.value = field.defaultValue;
  field.blur();
  from.focus({ preventScroll: true }); // a dialog that closes gives the focus back to what had it
  dialog.showModal();
  input.setSelectionRange(typed ? input.value.length : 0, input.value.length);
  look();
}

async function look() {
  asking?.abort();
  const mine = asking = new AbortController();
  const text = input.value.trim();
  let html = '';
  try {
    if (text) {
      const answer = await fetch(`${dialog.firstChild.action}?palette=1&${new URLSearchParams(new FormData(dialog.firstChild))}`, { signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      html = await answer.text();
    }
  } catch (error) {
    if (error.name === 'AbortError') return;
    html = '<p class="none">Search does not answer just now. Press Enter to try it as a page.</p>';
  }
  if (mine !== asking) return; // somebody typed on
  list.innerHTML = html;
  list.dataset.of = text;
  const options = list.querySelectorAll('[role=option]');
  options.forEach((option, i) => { option.id = `found-${i}`; option.tabIndex = -1; });
  choose(null);
  input.setAttribute('aria-expanded', options.length > 0);
  status.textContent = text && (list.querySelector('.none')?.textContent || `${options.length} shown`);
}

function choose(option) {
  for (const other of list.children) other.ariaSelected = other === option ? 'true' : 'false';
  input.setAttribute('aria-activedescendant', option?.id || '');
  option?.scrollIntoView({ block: 'nearest' });
}

function move(event) {
  const options = [...list.querySelectorAll('[role=option]')];
  const at = options.findIndex((option) => option.id === input.getAttribute('aria-activedescendant'));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    event.preventDefault();
    choose(options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length]);
  } else if (event.key === 'Escape') { // else it would only empty the field
    event.preventDefault();
    dialog.close();
  }
}
