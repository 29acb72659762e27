// The window over a cell: letters as buttons, a note, and who holds the A now.
const labels = { A: 'Answers', R: 'Does', C: 'Input', I: 'Told', S: 'Supports', '': 'None' };

function el(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

export class Picker {
  constructor(grid) {
    this.grid = grid;
    this.cell = null;
    this.held = false; // the key that opened it is still down and must not press a button
    this.element = el('div', { className: 'pick', popover: 'manual' });
    this.element.setAttribute('role', 'dialog');
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.element.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.close(false);
    });
    document.addEventListener('pointerdown', (event) => {
      if (!this.element.contains(event.target)) this.close(false);
    });
    addEventListener('scroll', () => this.place(), { passive: true, capture: true });
    addEventListener('keyup', () => { this.held = false; });
  }

  open(cell, byKey) {
    this.close(false);
    this.cell = cell;
    this.held = byKey;
    cell.classList.add('sel');
    this.draw();
    this.element.showPopover();
    this.place();
    (this.element.querySelector('[aria-pressed=true]') ?? this.buttons()[0]).focus({ preventScroll: true });
  }
  close(focus) {
    const { cell } = this;
    if (!cell) return;
    this.cell = null;
    cell.classList.remove('sel');
    this.element.hidePopover();
    if (focus) cell.focus({ preventScroll: true });
  }
  // The row under an open picker was swapped for a fresh one.
  follow(fresh) {
    if (!this.cell) return;
    this.cell = fresh;
    fresh.classList.add('sel');
  }

  buttons() { return [...this.element.querySelectorAll('.row button')]; }

  draw() {
    const { cell, grid } = this;
    const title = grid.title(cell);
    const other = grid.holder(cell);
    const row = el('div', { className: 'row' }, ...[...grid.letters, ''].map((letter) => this.button(letter)));
    this.element.setAttribute('aria-label', title);
    this.element.replaceChildren(el('b', { textContent: title }), row);
    if (other) this.element.append(el('p', { textContent: `Choosing A takes it from ${grid.role(other)}: a row has one.` }));
    this.element.append(this.note());
  }
  button(letter) {
    const glyph = el('i', { className: `g g-${letter.toLowerCase() || 'x'}`, textContent: letter || '×' });
    const button = el('button', { type: 'button' }, glyph, labels[letter]);
    if (letter) button.setAttribute('aria-pressed', String(this.grid.read(this.cell).includes(letter)));
    button.addEventListener('click', () => { if (!this.held) this.choose(letter); });
    return button;
  }
  note() {
    const note = el('input', { className: 'in', value: this.cell.title, placeholder: 'Note: when, how, from which level', maxLength: 500 });
    const keep = el('button', { type: 'button', className: 'btn small', textContent: 'Save note' });
    note.setAttribute('aria-label', 'Note');
    keep.addEventListener('click', () => {
      const { cell } = this;
      this.close(true);
      this.grid.set(cell, this.grid.read(cell), note.value.trim());
    });
    note.addEventListener('keydown', (event) => { if (event.key === 'Enter') keep.click(); });
    return el('div', { className: 'nte' }, note, keep);
  }

  choose(letter) {
    const has = this.grid.read(this.cell);
    const without = has.filter((other) => other !== letter);
    this.grid.set(this.cell, letter ? (has.includes(letter) ? without : [...has, letter]) : []);
    this.draw();
    this.buttons().at(letter ? this.grid.letters.indexOf(letter) : -1).focus();
  }

  // Below the cell, or above where there is no room.
  place() {
    if (!this.cell) return;
    const at = this.cell.getBoundingClientRect();
    const { width, height } = this.element.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), innerWidth - width - 8);
    const below = at.bottom + 5;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${below + height < innerHeight ? below : Math.max(8, at.top - height - 5)}px`;
  }

  key(event) {
    event.stopPropagation();
    const buttons = this.buttons();
    const at = buttons.indexOf(document.activeElement);
    const letter = event.key.toUpperCase();
    if (event.key === 'Escape') this.close(true);
    else if (at < 0) return; // typing a note
    else if (event.key === 'ArrowRight') buttons[(at + 1) % buttons.length].focus();
    else if (event.key === 'ArrowLeft') buttons.at(at - 1).focus();
    else if (letter.length === 1 && this.grid.letters.includes(letter)) this.choose(letter);
    else return;
    event.preventDefault();
  }
}
