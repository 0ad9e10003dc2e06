/**
 * Prints the problems of bad files, to be read before they are saved: `npx tsx test/config/print-problem-text.ts NAME`.
 */
import { problemText } from './problem-text';

for (const name of process.argv.slice(2)) {
  process.stdout.write(problemText(name));
}
