import { PRICE_OF, TOKEN_KINDS } from '../../../../lambda/dollars/cost-of';
import { expressionOf, type PricedTokens, type SeriesPlan } from '../../parts/series-plan';
import { hiddenTokens, idOf, type ProfileLine, TOKEN_IDS, type Watched } from './profile-lines';

/** CloudWatch allows 2,048 characters in an expression (MetricDataQuery, botocore 1.44.5). */
const LONGEST_EXPRESSION = 2048;

/**
 * Decides the graph of dollars by alias: Bedrock's own token counts times the list prices of the plan. A list of the
 * aliases stands for each choice of the dashboard, because METRICS does not include expressions.
 */
export function aliasDollars(
  applications: readonly Watched[],
  linesOf: (application: Watched) => readonly ProfileLine[],
): readonly SeriesPlan[] {
  const priced = (application: Watched) => linesOf(application).filter(({ price }) => price !== undefined);
  const lines = applications.flatMap(priced);
  if (lines.length === 0) {
    return [];
  }
  const metrics = TOKEN_KINDS.flatMap((kind) =>
    hiddenTokens(
      lines.filter(({ price }) => price?.[PRICE_OF[kind]] !== undefined),
      kind,
    ),
  );
  const ofEach = applications.flatMap((application) => {
    const own = priced(application);
    const choice = `usd_${idOf(application)}_`;
    const [only, second] = own;
    if (only === undefined) {
      return [nothing(choice, lines)];
    }
    // An application with one alias needs no list.
    return second === undefined
      ? [dollars(choice, only)]
      : [
          ...own.map((line) => dollars(`usd_${line.id}`, line)),
          list(
            choice,
            own.map(({ id }) => `usd_${id}`),
          ),
        ];
  });
  const all = list(
    'usd_',
    ofEach.flatMap((s) => (s.kind === 'dollars' ? [s.id] : [])),
  );
  return [
    ...metrics,
    ...ofEach,
    // The list of all aliases of a large environment is too long. Then the graph shows one application at a time.
    expressionOf(all).length > LONGEST_EXPRESSION ? nothing('usd_', lines) : all,
    { kind: 'shown', of: 'usd' },
  ];
}

function dollars(id: string, { id: line, label, price }: ProfileLine) {
  const tokens = TOKEN_KINDS.flatMap((kind): readonly PricedTokens[] => {
    const usdPerMillion = price?.[PRICE_OF[kind]];
    return usdPerMillion === undefined ? [] : [{ ids: TOKEN_IDS[kind].map((id) => `${id}_${line}`), usdPerMillion }];
  });
  return { kind: 'dollars', id, label, tokens } as const;
}

function list(id: string, of: readonly string[]) {
  return { kind: 'list', id, of } as const;
}

function nothing(id: string, [line]: readonly ProfileLine[]): SeriesPlan {
  return { kind: 'level', id, like: `input_${line?.id}` };
}
