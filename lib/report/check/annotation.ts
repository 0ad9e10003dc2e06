import type { LocatedProblem } from '../../config/problem';

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A problem as GitHub Actions shows it at the line of a pull request (GitHub documentation, "Workflow commands"). */
export function annotation({ file, line, column, path, severity, message }: LocatedProblem): string {
  return `::${severity} file=${property(file)},line=${line},col=${column}::${data(path === '' ? message : `${path}: ${message}`)}`;
}
