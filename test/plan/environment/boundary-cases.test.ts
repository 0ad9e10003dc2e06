import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from '../../../lib/iam/evaluate/evaluate';
import type { AccessRequest, RequestContext } from '../../../lib/iam/match/access-request';
import { planBoundary } from '../../../lib/plan/environment/boundary';
import { policyDocument } from '../../../lib/plan/parts/statement';
import { place } from '../environments';

const PAGE = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'boundary.md'), 'utf8');
const CASE = /^`([^`]+)` on `([^`]+)`(?: with `([^`=]+)=([^`]+)`)?$/;

const identity = [
  { name: 'AdministratorAccess', document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
];
const boundary = { name: 'boundary', document: policyDocument(planBoundary(place)) };
const role = { 'aws:PrincipalTag/BedrockAccess': ['dev/support-chat'] };

/** Returns the cases of the table below a heading. A line of the table without a case is an error. */
function casesOf(heading: string): readonly (readonly [words: string, request: AccessRequest])[] {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => /^\| (?!---|it )/.test(line));
  return rows.flatMap((row) => {
    const [words = '', cases = ''] = row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
    return (cases === '' ? [words] : cases.split('; ')).map((text) => requestOf(row, text));
  });
}

function requestOf(row: string, text: string): readonly [words: string, request: AccessRequest] {
  const [, action, resource, key, value] = CASE.exec(text) ?? [];
  if (action === undefined || resource === undefined) {
    throw new Error(`this is no case: ${text}; in the line ${row}`);
  }
  const context: RequestContext = key === undefined || value === undefined ? {} : { [key]: [value] };
  return [text, { action, resource, context: { ...role, ...context } }];
}

const decide = (request: AccessRequest): string => evaluate({ identity, boundary }, request).decision;

test.each(casesOf('Whatever policy it is given'))('a role that may do everything cannot %s', (_, request) => {
  expect(['explicitDeny', 'implicitDeny']).toContain(decide(request));
});

test.each(casesOf('What it can do'))('a role can %s', (_, request) => {
  expect(decide(request)).toBe('allowed');
});

test('a role without the cost tag can call no profile', () => {
  const profile = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcdefghij12';
  const ask = (context: RequestContext) => decide({ action: 'bedrock:InvokeModel', resource: profile, context });
  expect(ask({ 'aws:ResourceTag/BedrockAccess': ['dev/support-chat'] })).toBe('explicitDeny');
  expect(ask({})).toBe('explicitDeny');
});
