import { proveAccess } from '../../lib/proof/prove-access';
import { withPolicy, withTrust } from '../proof/mutated-account';
import { shippedAccount } from '../proof/shipped-account';
import { differenceOf } from '../proof/show-equal';
import { isConfirmed } from '../proof/confirm-witness';
import { seededRandom } from '../iam/random';
import { OPERATORS } from '../iam/random-case';
import { writeFileSync } from 'node:fs';
test('random', () => {
  const { plan, account } = shippedAccount('dev', 'support-chat');
  const seed = Number(process.env['SEED'] ?? 1);
  const random = seededRandom(seed);
  const P = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/djquxc22hxpp';
  const M = 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6';
  const res = ['*', P, M, 'arn:aws:bedrock:*:*:*', 'arn:aws:bedrock:us-*::foundation-model/*', P.slice(0, -4) + '*', P.slice(0, -1) + '?', 'arn:aws:s3:::b/*', 'arn:aws:iam::111122223333:role/bedrock-access/*', 'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/*', 'arn:aws:bedrock:*:111122223333:application-inference-profile/*', 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6'];
  const act = ['*', 'bedrock:*', 'bedrock:InvokeModel', 'bedrock:Invoke*', 'bedrock:InvokeMode?', 's3:GetObject', 'ssm:*', 'ssm:GetParameter', 'iam:PassRole', 'sts:AssumeRole', 'bedrock:InvokeModelWithResponseStream', 'bedrock:GetInferenceProfile'];
  const keys: Record<string, string[]> = { 'bedrock:InferenceProfileArn': [P, P.slice(0, -2) + '*', 'arn:aws:bedrock:*:*:*', 'arn:*:*:*:*:*', P + 'x'], 'aws:UserName': ['bob', 'b*', '?', '', 'B*b'], 'aws:SecureTransport': ['true', 'false'], 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/bedrock-access/dev/dev_support-chat_lambda', 'arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:user/x'], 'aws:PrincipalTag/team': ['red', 'r*', ''], 'aws:RequestedRegion': ['us-east-1', 'us-*', ''], 'aws:PrincipalAccount': ['111122223333', '1*', '9*'] };
  const cond = () => { const op = random.one(OPERATORS); const key = random.one(Object.keys(keys)); const v = op === 'Null' || op.includes('Bool') ? [random.one(['true', 'false'])] : random.some(op.includes('Arn') ? keys[key]!.filter((x) => x.startsWith('arn:')).concat(P) : keys[key]!, 2); return { [op]: { [key]: v } }; };
  const stmt = () => ({ Sid: 'Extra', Effect: random.chance(0.6) ? 'Allow' : 'Deny', [random.chance(0.85) ? 'Action' : 'NotAction']: random.some(act, 2), [random.chance(0.85) ? 'Resource' : 'NotResource']: random.some(res, 2), ...(random.chance(0.9) && { Condition: { ...cond(), ...(random.chance(0.5) ? cond() : {}) } }) });
  const counts: Record<string, number> = {};
  const bad: string[] = [];
  for (let i = 0; i < Number(process.env['N'] ?? 400); i += 1) {
    const policy = random.one(['dev_support-chat_access-1', 'dev_support-chat_access-1', 'dev_boundary']);
    const s = stmt();
    const replaceOne = random.chance(0.3);
    const mutated = withPolicy(account, policy, (all) => { if (replaceOne) { const v = all[random.below(all.length)]!; v.Condition = { ...v.Condition, ...(s.Condition as any) }; } else all.push(s as any); });
    const { violations } = proveAccess(plan, mutated);
    const kind = violations.length === 0 ? 'none' : violations.some((v) => v.kind === 'undecided') ? 'undecided' : violations[0]!.kind;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (violations.length === 0) { const d = differenceOf(account, mutated, random); if (d !== undefined) bad.push('MISSED ' + policy + JSON.stringify(s) + replaceOne + JSON.stringify(d)); }
    else for (const v of violations) if (v.witness && v.kind !== 'undecided' && !isConfirmed(v, account, mutated)) bad.push('FALSE ' + policy + JSON.stringify(s) + replaceOne + v.kind + v.message + JSON.stringify(v.witness));
  }
  writeFileSync('/tmp/pt/random.' + seed, bad.join('\n'));
  console.log(counts, bad.length, bad.slice(0, 6).join('\n').slice(0, 4000));
}, 600000);
