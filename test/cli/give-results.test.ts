import { giveResults } from '../../lib/cli/terminal/give-results';
import type { Terminal } from '../../lib/cli/terminal/terminal';

test.each([
  ['page.html', 'a command that accepts --out FILE.html has to give a page'],
  ['table.png', "no format has the ending of 'table.png'"],
])('a command that cannot give %s fails, and writes no empty file', (file, message) => {
  const results = { document: {}, columns: [], rows: [], lines: () => [] };
  const give = () => giveResults({ switches: new Set(), out: [file] }, {} as Terminal, '/nowhere', results);
  expect(give).toThrow(message);
});
