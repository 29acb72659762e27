// The grid by keyboard and mouse: one tab stop, arrows move, letters set, one cell is saved at a time.
// Without this file every row heading leads to a form.
//
// <table data-grid data-save="URL" [data-supports]>, heads with data-role, rows with data-activity and
// data-counter. A save answers with the fresh row and pieces marked data-replace="#id"; 409 adds a <dialog>.
import { createPicker } from './grid-picker.js';
import { createSaver } from './grid-save.js';
import { say } from './say.js';

const words = { A: 'answers', R: 'does', C: 'gives input', I: 'is told', S: 'supports' };

for (const table of document.querySelectorAll('table[data-grid][data-save]')) start(table);

function start(table) {
  const wrap = table.closest('.mx-wrap');
  const heads = [...table.tHead.rows].at(-1).cells;
  const order = table.hasAttribute('data-supports') ? 'ARCIS' : 'ARCI';
  const saver = createSaver(table, { paint, swapped });
  const picker = createPicker(order, { read, set, holder, title: (cell) => `${activity(cell)} · ${role(cell)}`, roleOf: role });
  let current; // the one cell that Tab reaches

  table.setAttribute('role', 'grid');
  wrap.removeAttribute('tabindex');
  wrap.after(picker.element);
  const first = table.querySelector('tbody tr[data-activity] td');
  if (first) stand(first);
  clearSticky();
  addEventListener('resize', clearSticky, { passive: true });

  // A cell scrolled to must not end up under the sticky head, foot or first column.
  function clearSticky() {
    const column = table.tHead.querySelector('.first')?.offsetWidth ?? 0;
    wrap.style.scrollPadding = `${table.tHead.offsetHeight}px 8px ${table.tFoot?.offsetHeight ?? 0}px ${column + 8}px`;
  }

  function isCell(cell) { return cell?.tagName === 'TD' && !cell.matches('.chk, .txt') && cell.parentElement.dataset.activity; }
  function activity(cell) { return cell.parentElement.querySelector('th').dataset.name; }
  function role(cell) { return heads[cell.cellIndex].dataset.name; }
  function read(cell) { return [...cell.querySelectorAll('.g:not(.inh)')].map((g) => g.textContent); }
  function holder(cell) {
    return [...cell.parentElement.cells].find((other) => other !== cell && isCell(other) && read(other).includes('A'));
  }

  function stand(cell) {
    current?.removeAttribute('tabindex');
    current = cell;
    current.tabIndex = 0;
  }
  function go(cell) {
    stand(cell);
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  // After a row was swapped the same place takes over, with the focus if the old row had it.
  function swapped(oldRow, row, focused) {
    if (!oldRow.contains(current)) return;
    const cell = row.cells[current.cellIndex];
    stand(cell);
    picker.follow(cell);
    if (focused) cell.focus({ preventScroll: true });
  }

  function rowAt(row, step, count = 1) {
    for (let next = row; count && (next = step > 0 ? next.nextElementSibling : next.previousElementSibling);) {
      if (next.dataset.activity && !next.hidden) {
        row = next;
        count--;
      }
    }
    return row;
  }
  function edge(row, last) {
    const cells = [...row.cells].filter(isCell);
    return last ? cells.at(-1) : cells[0];
  }
  function beside(cell, step) {
    const next = step > 0 ? cell.nextElementSibling : cell.previousElementSibling;
    return isCell(next) ? next : cell;
  }
  function outermost(last) {
    const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.activity && !row.hidden);
    return last ? rows.at(-1) : rows[0];
  }
  function target(event, cell) {
    const row = cell.parentElement;
    const below = (other) => other.cells[cell.cellIndex];
    const far = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case 'ArrowUp': return below(far ? outermost(false) : rowAt(row, -1));
      case 'ArrowDown': return below(far ? outermost(true) : rowAt(row, 1));
      case 'ArrowLeft': return far ? edge(row, false) : beside(cell, -1);
      case 'ArrowRight': return far ? edge(row, true) : beside(cell, 1);
      case 'Home': return edge(far ? outermost(false) : row, false);
      case 'End': return edge(far ? outermost(true) : row, true);
      case 'PageUp': return below(rowAt(row, -1, 10));
      case 'PageDown': return below(rowAt(row, 1, 10));
      default: return null;
    }
  }

  function paint(cell, letters) {
    const glyphs = letters.map((letter) => {
      const glyph = document.createElement('i');
      glyph.className = `g g-${letter.toLowerCase()}`;
      glyph.textContent = letter;
      return glyph;
    });
    if (glyphs.length < 2) {
      cell.replaceChildren(...glyphs);
      return;
    }
    const frame = document.createElement('span');
    frame.className = 'g2';
    frame.append(...glyphs);
    cell.replaceChildren(frame);
  }

  // Draws at once, then saves; a second A in the row moves here, since a row has one.
  function set(cell, wanted, note = cell.title) {
    const letters = [...order].filter((letter) => wanted.includes(letter));
    const before = read(cell);
    if (letters.join() === before.join() && note === cell.title) return;
    saver.remember(cell.parentElement);
    const other = letters.includes('A') && !before.includes('A') ? holder(cell) : null;
    if (other) paint(other, read(other).filter((letter) => letter !== 'A'));
    if (letters.includes('A')) cell.parentElement.querySelector('.inh')?.closest('td').replaceChildren();
    paint(cell, letters);
    cell.title = note;
    cell.classList.toggle('nt', note !== '');
    const spoken = letters.map((letter) => words[letter]).join(' and ') || 'empty';
    say(other ? `${role(cell)} answers. A moves here from ${role(other)}: one per row.` : `${role(cell)}: ${spoken}`);
    saver.save(cell, { role: heads[cell.cellIndex].dataset.role, letters: letters.join(), note, move: Boolean(other) });
  }

  table.addEventListener('click', (event) => {
    const cell = event.target.closest('td');
    if (!isCell(cell)) return;
    go(cell);
    if (event.pointerType === 'touch') picker.open(cell, false);
  });
  table.addEventListener('dblclick', (event) => {
    const cell = event.target.closest('td');
    if (isCell(cell)) picker.open(cell, false);
  });
  table.addEventListener('keydown', (event) => {
    const cell = event.target.closest('td');
    if (!isCell(cell) || event.altKey) return;
    const letter = event.key.length === 1 && order.includes(event.key.toUpperCase()) && !event.ctrlKey && !event.metaKey
      ? event.key.toUpperCase() : '';
    const next = target(event, cell);
    if (next) go(next);
    else if (event.key === 'Enter' || event.key === 'F2') picker.open(cell, true);
    else if (letter) set(cell, event.shiftKey ? [...read(cell), letter] : [letter]);
    else if (event.key === 'Delete' || event.key === 'Backspace') set(cell, []);
    else return;
    event.preventDefault();
  });
}
