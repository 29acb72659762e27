// The window over a cell: letters as buttons, a note, and who holds the A now.
const labels = { A: 'Answers', R: 'Does', C: 'Input', I: 'Told', S: 'Supports' };

function el(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

export function createPicker(order, grid) {
  const element = el('div', { className: 'pick', popover: 'manual' });
  element.setAttribute('role', 'dialog');
  let cell = null;
  let held = false; // the key that opened it is still down and must not press a button

  function glyph(letter) {
    return el('i', { className: `g g-${letter ? letter.toLowerCase() : 'x'}`, textContent: letter || '×' });
  }
  function choose(letter) {
    const has = grid.read(cell);
    if (!letter) grid.set(cell, []);
    else grid.set(cell, has.includes(letter) ? has.filter((other) => other !== letter) : [...has, letter]);
    draw();
    [...element.querySelectorAll('.row button')][letter ? order.indexOf(letter) : order.length].focus();
  }
  function draw() {
    const has = grid.read(cell);
    const title = grid.title(cell);
    const row = el('div', { className: 'row' });
    for (const letter of [...order, '']) {
      const button = el('button', { type: 'button' }, glyph(letter), labels[letter] ?? 'None');
      if (letter) button.setAttribute('aria-pressed', String(has.includes(letter)));
      button.addEventListener('click', () => { if (!held) choose(letter); });
      row.append(button);
    }
    const note = el('input', { className: 'in', value: cell.title, placeholder: 'Note: when, how, from which level', maxLength: 500 });
    note.setAttribute('aria-label', 'Note');
    const keep = el('button', { type: 'button', className: 'btn small', textContent: 'Save note' });
    keep.addEventListener('click', () => {
      const value = note.value.trim();
      const at = cell;
      close(true);
      grid.set(at, grid.read(at), value);
    });
    note.addEventListener('keydown', (event) => { if (event.key === 'Enter') keep.click(); });
    element.setAttribute('aria-label', title);
    element.replaceChildren(el('b', { textContent: title }), row);
    const other = grid.holder(cell);
    if (other) element.append(el('p', { textContent: `A moves here from ${grid.roleOf(other)}: one per row.` }));
    element.append(el('div', { className: 'nte' }, note, keep));
  }
  // Below the cell, or above where there is no room.
  function place() {
    const at = cell.getBoundingClientRect();
    const size = element.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
    const below = at.bottom + 5;
    element.style.left = `${left}px`;
    element.style.top = `${below + size.height < innerHeight ? below : Math.max(8, at.top - size.height - 5)}px`;
  }
  function open(at, byKey) {
    close(false);
    held = byKey;
    addEventListener('keyup', () => { held = false; }, { once: true });
    cell = at;
    cell.classList.add('sel');
    draw();
    element.showPopover();
    place();
    (element.querySelector('[aria-pressed=true]') ?? element.querySelector('button')).focus({ preventScroll: true });
  }
  function close(focus) {
    if (!cell) return;
    const at = cell;
    cell = null;
    at.classList.remove('sel');
    element.hidePopover();
    if (focus) at.focus({ preventScroll: true });
  }

  element.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const typing = event.target.matches('input');
    const buttons = [...element.querySelectorAll('.row button')];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === 'Escape') close(true);
    else if (typing) return;
    else if (event.key === 'ArrowRight') buttons[(at + 1) % buttons.length].focus();
    else if (event.key === 'ArrowLeft') buttons[(at - 1 + buttons.length) % buttons.length].focus();
    else if (event.key.length === 1 && order.includes(event.key.toUpperCase())) choose(event.key.toUpperCase());
    else return;
    event.preventDefault();
  });
  element.addEventListener('focusout', (event) => {
    if (cell && event.relatedTarget && !element.contains(event.relatedTarget)) close(false);
  });
  document.addEventListener('pointerdown', (event) => {
    if (cell && !element.contains(event.target)) close(false);
  });
  addEventListener('scroll', () => { if (cell) place(); }, { passive: true, capture: true });

  return {
    element,
    open,
    // The row under an open picker was swapped for a fresh one.
    follow(fresh) {
      if (!cell) return;
      cell = fresh;
      cell.classList.add('sel');
    },
  };
}
