// The grid by keyboard and mouse: one tab stop, arrows move, letters set, one cell is saved at a time.
// Without this file every row heading leads to a form.
//
// <table data-grid data-save="URL" data-save-all="URL" [data-supports]>, heads with data-role, rows with data-activity and
// data-counter. A save answers with the fresh rows and pieces marked data-replace="#id"; 409 adds a <dialog>, or of
// several rows a sentence.
import { Block } from './grid-block.js';
import { Picker } from './grid-picker.js';
import { Saver } from './grid-save.js';
import { say } from './say.js';

const words = { A: 'answers', R: 'does', C: 'gives input', I: 'is told', S: 'supports' };

// A cell that can hold letters: not the row's name, not its check.
function isCell(cell) {
  return cell?.tagName === 'TD' && cell.parentElement.dataset.activity && !cell.matches('.chk, .txt');
}

// A heading with a link: of a row to its form, of a column to its role.
function isHead(cell) {
  return cell?.tagName === 'TH' && cell.querySelector('a') !== null;
}

// What of a cell or a heading takes the focus.
function stop(cell) {
  return cell.tagName === 'TH' ? cell.querySelector('a') : cell;
}

function rowAt(row, step, count = 1) {
  let found = row;
  for (let next = row; count && (next = next[`${step}ElementSibling`]);) {
    if (next.dataset.activity && !next.hidden) {
      found = next;
      count -= 1;
    }
  }
  return found;
}

function edge(row, at) {
  return [...row.cells].filter(isCell).at(at);
}

function beside(cell, step) {
  const next = cell[`${step}ElementSibling`];
  return isCell(next) || isHead(next) ? next : cell;
}

// Above the first row are the headings of the columns, below these the first row.
function above(cell) {
  const up = rowAt(cell.parentElement, 'previous').cells[cell.cellIndex];
  const head = [...cell.closest('table').tHead.rows].at(-1).cells[cell.cellIndex];
  return up === cell && isHead(head) ? head : up;
}

function under(cell) {
  const { parentElement: row } = cell;
  if (row.parentElement.tagName !== 'THEAD') return rowAt(row, 'next').cells[cell.cellIndex];
  return [...cell.closest('table').tBodies[0].rows].find((other) => other.dataset.activity && !other.hidden)?.cells[cell.cellIndex];
}

// Where a key leads: arrows by one, to the headings too, with Ctrl to the edge, Home and End in the row, Page keys by ten rows.
function target(event, cell) {
  const row = cell.parentElement;
  const far = event.ctrlKey || event.metaKey;
  const below = (step, count) => rowAt(row, step, far ? Infinity : count).cells[cell.cellIndex];
  const corner = (step, at) => edge(far ? rowAt(row, step, Infinity) : row, at);
  return {
    ArrowUp: () => (far ? below('previous') : above(cell)),
    ArrowDown: () => (far ? below('next') : under(cell)),
    ArrowLeft: () => (far ? edge(row, 0) : beside(cell, 'previous')),
    ArrowRight: () => (far ? edge(row, -1) : beside(cell, 'next')),
    Home: () => corner('previous', 0),
    End: () => corner('next', -1),
    PageUp: () => below('previous', 10),
    PageDown: () => below('next', 10),
  }[event.key]?.();
}

class Grid {
  constructor(table) {
    this.table = table;
    this.wrap = table.closest('.mx-wrap');
    this.heads = [...table.tHead.rows].at(-1).cells;
    this.letters = table.hasAttribute('data-supports') ? 'ARCIS' : 'ARCI';
    this.saver = new Saver(table, this);
    this.picker = new Picker(this);
    this.block = new Block(this);
    table.setAttribute('role', 'grid');
    this.wrap.removeAttribute('tabindex');
    this.wrap.after(this.picker.element);
    this.tame(table);
    const first = table.querySelector('tbody tr[data-activity] td');
    if (isCell(first)) this.stand(first);
    this.clearSticky();
    addEventListener('resize', () => this.clearSticky(), { passive: true });
    table.addEventListener('click', (event) => this.click(event));
    table.addEventListener('dblclick', (event) => this.click(event, true));
    table.addEventListener('keydown', (event) => this.press(event));
  }

  // A cell scrolled to must not end up under the sticky head, foot or first column, nor the last where it sticks.
  clearSticky() {
    const { tHead, tFoot } = this.table;
    const column = tHead.querySelector('.first')?.offsetWidth ?? 0;
    const check = innerWidth > 1100 && tHead.querySelector('.chk')?.offsetWidth || 0;
    this.wrap.style.scrollPadding = `${tHead.offsetHeight}px ${check + 8}px ${tFoot?.offsetHeight ?? 0}px ${column + 8}px`;
  }

  cellOf(target) {
    const cell = target.closest?.('td');
    return isCell(cell) ? cell : null;
  }
  key(cell) { return this.heads[cell.cellIndex].dataset.role; }
  order(letters) { return [...this.letters].filter((letter) => letters.includes(letter)); }
  columns() { return [...this.heads].map((head) => head.dataset.role).filter(Boolean).join(); }
  role(cell) { return this.heads[cell.cellIndex].dataset.name; }
  title(cell) { return `${cell.parentElement.querySelector('th').dataset.name} · ${this.role(cell)}`; }
  read(cell) { return [...cell.querySelectorAll('.g:not(.inh)')].map((glyph) => glyph.textContent); }
  holder(cell) {
    return [...cell.parentElement.cells].find((other) => other !== cell && isCell(other) && this.read(other).includes('A'));
  }

  // Headings are links, which Tab passes over: arrows lead to them.
  tame(part) {
    for (const link of part.querySelectorAll('th a')) link.tabIndex = -1;
  }
  // The one cell, or heading, that Tab reaches.
  stand(cell) {
    if (isHead(this.current)) stop(this.current).tabIndex = -1;
    else this.current?.removeAttribute('tabindex');
    this.current = cell;
    stop(cell).tabIndex = 0;
  }
  go(cell) {
    this.stand(cell);
    stop(cell).focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  // After a row was swapped the same place takes over, with the focus if the old row had it.
  swapped(oldRow, row, focused) {
    this.tame(row);
    if (!oldRow.contains(this.current)) return;
    const cell = row.cells[this.current.cellIndex];
    this.stand(cell);
    this.picker.follow(cell);
    if (focused) stop(cell).focus({ preventScroll: true });
    this.block.draw();
  }

  paint(cell, letters) {
    const glyphs = letters.map((letter) => Object.assign(document.createElement('i'), {
      className: `g g-${letter.toLowerCase()}`, textContent: letter,
    }));
    if (glyphs.length < 2) {
      cell.replaceChildren(...glyphs);
      return;
    }
    const frame = Object.assign(document.createElement('span'), { className: 'g2' });
    frame.append(...glyphs);
    cell.replaceChildren(frame);
  }

  // Draws letters at once; a second A in the row moves here, since a row has one. Returns the cell that it leaves.
  draw(cell, letters, note) {
    const other = letters.includes('A') && !this.read(cell).includes('A') ? this.holder(cell) : null;
    if (other) this.paint(other, this.read(other).filter((letter) => letter !== 'A'));
    if (letters.includes('A')) {
      const above = cell.parentElement.querySelector('.inh')?.closest('td');
      if (above) this.paint(above, this.read(above));
    }
    this.paint(cell, letters);
    cell.title = note;
    cell.classList.toggle('nt', note !== '');
    return other;
  }

  // Draws at once, then saves.
  set(cell, wanted, note = cell.title) {
    const letters = this.order(wanted);
    if (letters.join() === this.read(cell).join() && note === cell.title) return;
    this.saver.remember(cell.parentElement);
    this.block.remember([cell]);
    const other = this.draw(cell, letters, note);
    const name = this.role(cell);
    say(other ? `${name} answers. A moves here from ${this.role(other)}: one per row.`
      : `${name}: ${letters.map((letter) => words[letter]).join(' and ') || 'empty'}`);
    this.saver.save(cell, { role: this.key(cell), letters: letters.join(), note, move: Boolean(other) });
  }

  click(event, twice) {
    const cell = this.cellOf(event.target);
    if (!cell) return;
    if (event.shiftKey && isCell(this.current)) {
      this.block.extend(cell);
      return;
    }
    this.block.clear();
    this.go(cell);
    if (twice || event.pointerType === 'touch') this.picker.open(cell, false);
  }

  press(event) {
    const head = event.target.closest('th');
    if (isHead(head) && !event.altKey && this.move(event, head)) event.preventDefault();
    const cell = this.cellOf(event.target);
    if (!cell || event.altKey) return;
    const done = event.ctrlKey || event.metaKey ? this.command(event, cell) : this.plain(event, cell);
    if (done) event.preventDefault();
  }
  // Arrows move, with Shift they draw a block.
  move(event, cell) {
    const next = target(event, cell);
    if (!next) return false;
    if (event.shiftKey && isCell(cell)) {
      if (isCell(next)) this.block.extend(next);
    } else {
      this.block.clear();
      this.go(next);
    }
    return true;
  }
  command(event, cell) {
    const letter = event.key.toLowerCase();
    if (letter === 'z' && !event.shiftKey) this.block.undo();
    else if (letter === 'z' || letter === 'y') this.block.redo();
    else if (letter === 'a') this.block.all();
    else return this.move(event, cell);
    return true;
  }
  plain(event, cell) {
    const letter = event.key.toUpperCase();
    const { several } = this.block;
    if (event.key === 'Enter' || event.key === 'F2') {
      this.block.clear();
      this.picker.open(cell, true);
    } else if (event.key === 'Escape' && several) this.block.clear();
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      if (several) this.block.fill([]);
      else this.set(cell, []);
    } else if (letter.length === 1 && this.letters.includes(letter)) {
      if (several) this.block.fill([letter], event.shiftKey);
      else this.set(cell, event.shiftKey ? [...this.read(cell), letter] : [letter]);
    } else return this.move(event, cell);
    return true;
  }
}

for (const table of document.querySelectorAll('table[data-grid][data-save]')) new Grid(table);
