import type { MatrixCall } from '../../proof/matrix/access-matrix';
import type { AccessDiff } from '../../proof/matrix/diff-access';
import type { AccessChange } from '../../proof/matrix/diff-change';
import type { AliasPrice } from '../../proof/matrix/diff-money';
import type { Results } from '../format/results';

type Row = Results['rows'][number];

/** Builds the table of all differences, probe roles included, with a column for each side. */
export function diffTable(environments: readonly AccessDiff[]): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: ['environment', 'kind', 'change', 'application', 'alias', 'principal', 'before', 'after'],
    rows: environments.flatMap((diff) => rowsOf(diff).map((row) => [diff.environment, ...row])),
  };
}

function rowsOf({
  only,
  moved,
  changes,
  along,
  otherStatements,
  profiles,
  budgets,
  prices,
  controls = [],
}: AccessDiff): readonly Row[] {
  const place = (at: { readonly account: string; readonly region: string } | undefined) =>
    at && `${at.account} ${at.region}`;
  return [
    ...(only === undefined ? [] : [['environment', `only in ${only}`, '', '', '', undefined, undefined]]),
    ...(moved === undefined ? [] : [['environment', 'moved', '', '', '', place(moved.before), place(moved.after)]]),
    ...[...changes, ...along].map(changeRow),
    ...(otherStatements === 0
      ? []
      : [['call', 'allowed by other statements', '', '', `${otherStatements} calls`, undefined, undefined]]),
    ...profiles.map(({ change, application, alias, before, after }) => [
      ...['profile', change, application, alias, ''],
      ...[before?.name, after?.name],
    ]),
    ...(budgets?.changes ?? []).map(({ application, before, after }) => [
      ...['budget', 'monthly US dollars', application, '', ''],
      ...[before, after],
    ]),
    ...controls.map(({ field, application = '', width, before, after }) => [
      ...['control', width, application, '', field],
      ...[before, after].map((value) => (typeof value === 'object' ? value.join(', ') : value?.toString())),
    ]),
    ...prices.map(({ application, alias, before, after }) => [
      ...['price', 'US dollars for 1,000,000 tokens', application, alias, ''],
      ...[priceCell(before), priceCell(after)],
    ]),
  ];
}

function changeRow(change: AccessChange): Row {
  const { kind, width, principal } = change;
  if (kind === 'call') {
    const { application, alias } = (change.after ?? change.before) as MatrixCall;
    return [kind, width, application, alias, principal, callText(change.before), callText(change.after)];
  }
  const text = (side: unknown): string | undefined =>
    side === undefined ? undefined : typeof side === 'string' ? side : JSON.stringify(side);
  return [kind, width, '', '', principal, text(change.before), text(change.after)];
}

function callText(call: MatrixCall | undefined): string | undefined {
  return (
    call &&
    [
      ...[call.model, call.routing, call.regions.join(' '), call.through, call.actions.join(' ')],
      ...(call.guardrail === undefined ? [] : [`guardrail ${call.guardrail}`]),
    ].join('; ')
  );
}

function priceCell({ model, routing, price }: AliasPrice): string {
  const usd =
    price === null ? 'unknown' : [price.input, ...(price.output === undefined ? [] : [price.output])].join('/');
  return `${model}; ${routing}; ${usd}`;
}
