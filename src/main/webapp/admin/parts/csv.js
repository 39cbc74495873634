// Tables as files of comma-separated values (RFC 4180), which spreadsheets open.

/** A cell: quoted where it must be, and never a formula, which a spreadsheet would run. */
function cell(value) {
  let text = value === undefined || value === null ? '' : String(value);
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) {
    text = `'${text}`;
  }
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param columns `[heading, row => value]` for each */
export function csv(columns, rows) {
  const lines = [columns.map(([heading]) => cell(heading)), ...rows.map((row) => columns.map(([, value]) => cell(value(row))))];
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

/** Has the browser save a file. */
export function save(name, text, type = 'text/csv;charset=utf-8') {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A name with the present moment in it. */
export const fileName = (what) => `lapse-${what}-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.csv`;
