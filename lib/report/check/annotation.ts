import type { LocatedProblem } from '../../config/problem';

const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Writes a problem as a workflow command, so that GitHub Actions shows it at the line of a pull request (GitHub
 * documentation, "Workflow commands").
 */
export function annotation({ file, line, column, path, severity, message }: LocatedProblem): string {
  return `::${severity} file=${escapeProperty(file)},line=${line},col=${column}::${escapeMessage(path === '' ? message : `${path}: ${message}`)}`;
}
