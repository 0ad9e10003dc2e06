import type { Violation } from '../finding/proof';
import type { AssemblyDifference } from './compare-assemblies';

/** Most differences that are listed one by one. After a change of this checkout, every template may differ. */
const LISTED = 50;
/** Most differences that are listed when the templates are of another plan, which explains them. */
const LISTED_IF_STALE = 5;
/** Longest text of a value. */
const LENGTH = 300;

const REMEDY = 'synthesize again with npx cdk synth, or find out who changed it';

/** Returns the violations for the differences between an assembly and the one that this checkout synthesizes. */
export function assemblyViolations(differences: readonly AssemblyDifference[], isStale: boolean): readonly Violation[] {
  const listed = differences.slice(0, isStale ? LISTED_IF_STALE : LISTED);
  const hidden = differences.length - listed.length;
  const places = new Set(differences.slice(listed.length).map(({ place }) => place));
  return [
    ...listed.map(violation),
    ...(hidden === 0
      ? []
      : [
          wrong(
            '',
            `${hidden} more ${hidden === 1 ? 'difference' : 'differences'} from what this checkout synthesizes, in ${places.size} ${places.size === 1 ? 'place' : 'places'}; ${REMEDY}`,
          ),
        ]),
  ];
}

function violation({ place, path, logicalId, ...values }: AssemblyDifference): Violation {
  const [found, expected] = [text(values.found), text(values.expected)];
  const start = Math.max(0, firstDifference(found, expected) - 40);
  const difference = {
    place: shortened(place, 0),
    path: shortened(path, 0),
    found: shortened(found, start),
    expected: shortened(expected, start),
  };
  const where = shortened(path === '' ? place : `${place}${logicalId === undefined ? ' ' : ' / '}${path}`, 0);
  return {
    ...wrong(
      logicalId ?? place,
      `${where}: found ${difference.found}; this checkout synthesizes ${difference.expected}; ${REMEDY}`,
    ),
    difference,
  };
}

function wrong(about: string, message: string): Violation {
  return { kind: 'assembly', message, principals: [], about, classes: 1 };
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function firstDifference(a: string, b: string): number {
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return at === -1 ? 0 : at;
}

/** Shows the part of a long text that begins at `start`. */
function shortened(value: string, start: number): string {
  const from = value.length <= LENGTH ? 0 : Math.min(start, value.length - LENGTH);
  const part = value.slice(from, from + LENGTH);
  return `${from > 0 ? '…' : ''}${part}${from + LENGTH < value.length ? '…' : ''}`;
}
