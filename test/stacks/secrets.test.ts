import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { application, planOf, testEnvironment } from '../plan/environments';
import { sharedAssembly } from './shared-assembly';

/** Credentials in the environment of the person who deploys. No template or bundle may contain them. */
const CANARIES = {
  AWS_ACCESS_KEY_ID: 'ASIACANARYOFTHEDEPLOYER',
  AWS_SECRET_ACCESS_KEY: 'canaryOfTheDeployer/secret/secret/secret',
  AWS_SESSION_TOKEN: 'canaryOfTheDeployer+token+token+token',
  AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-canaryOfTheDeployer',
  NPM_TOKEN: 'npm_canaryOfTheDeployer',
} as const;

/** Patterns of credentials. */
const CREDENTIALS: readonly RegExp[] = [
  /\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/,
  /\bABSK[A-Za-z0-9+/=]{20,}/,
  /bedrock-api-key-[A-Za-z0-9+/=]+/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(gh[pousr]|npm)_[A-Za-z0-9]{20,}/,
  /"(SecretString|SecretAccessKey|MasterUserPassword|NoEcho)"/,
];

const withSettings = planOf(
  { shop: application({ principals: [{ account: '444455556666', externalId: 'shop-1f' }] }) },
  { invocationLogging: { content: true }, costAllocationTags: 'activate' },
);

const before = { ...process.env };
beforeAll(() => Object.assign(process.env, CANARIES));
afterAll(() => {
  process.env = before;
});

test.each([
  ['dev', () => planAccess(testEnvironment('dev'))],
  ['prod', () => planAccess(testEnvironment('prod'))],
  ['an environment with every account setting', () => withSettings],
])('templates and deployed code contain no secret: %s', (_, plan) => {
  const folder = sharedAssembly(plan());
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) => join(parentPath, name));
  expect(names.filter((name) => name.endsWith('.template.json')).length).toBeGreaterThan(2);
  expect(names.filter((name) => name.endsWith('index.js')).length).toBeGreaterThan(0);
  for (const name of names) {
    const text = readFileSync(name, 'utf8');
    expect([name, Object.values(CANARIES).filter((canary) => text.includes(canary))]).toEqual([name, []]);
    if (name.endsWith('.template.json')) {
      expect([name, CREDENTIALS.filter((pattern) => pattern.test(text))]).toEqual([name, []]);
    }
  }
});

test.each([
  'AKIAIOSFODNN7EXAMPLE',
  'ABSKQmVkcm9ja0FQSUtleS1leGFtcGxl',
  'bedrock-api-key-YmVkcm9jaw==',
  '-----BEGIN RSA PRIVATE KEY-----',
  `ghp_${'a'.repeat(36)}`,
  '{"SecretString":"x"}',
])('the patterns find %s', (credential) => {
  expect(
    CREDENTIALS.some((pattern) => pattern.test(`{"a":${JSON.stringify(credential)}}`) || pattern.test(credential)),
  ).toBe(true);
});
