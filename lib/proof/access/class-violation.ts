import type { Account } from '../../account/account';
import { BEDROCK_ACTIONS, isUnknownAction } from '../../catalog/actions';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { PolicyLayers } from '../../iam/evaluate/policy-layers';
import type { AccessRequest } from '../../iam/match/access-request';
import { principalLabel } from '../../plan/environment/principals';
import { didYouMean } from '../../spelling/did-you-mean';
import { knownKeys } from '../calls/known-keys';
import { layersOf } from '../calls/layers-of';
import { missingForRequest } from '../finding/missing-statement';
import type { Violation } from '../finding/proof';
import { principalWords, requestWords, statementWords } from '../finding/sentence';
import type { PrincipalGroup } from './principal-group';
import type { SpaceFinding, SpaceProof } from './prove-space';

/** Reports each statement that was not understood. */
export function refused({ refusals }: SpaceProof, principals: readonly string[], about: string): readonly Violation[] {
  return refusals.map(({ policy, sid, reason }) => ({
    kind: 'undecided',
    message: `${principalWords(principals)} cannot be judged: ${statementWords({ policy, sid })}: ${reason}`,
    principals,
    about: policy.startsWith('arn:') ? policy : about,
    decidedBy: { policy, ...(sid !== undefined && { sid }) },
    classes: 1,
  }));
}

/** Reports the name of an action that does not exist. It gives nobody access, but nobody planned it either. */
function unknownAction(
  principals: readonly string[],
  principalArn: string,
  { witness: { action }, decidedBy, classes }: SpaceFinding,
): Violation {
  const by = decidedBy && { policy: decidedBy.policy, sid: decidedBy.statement.sid };
  const where = by === undefined ? principalWords(principals) : statementWords(by);
  return {
    kind: 'resource',
    message: `${where} allows ${action}, which is no action of IAM and so gives nobody access; the environment file does not ask for it${didYouMean(action, BEDROCK_ACTIONS)}`,
    principals,
    about: by?.policy.startsWith('arn:') ? by.policy : principalArn,
    ...(by !== undefined && { decidedBy: { policy: by.policy, ...(by.sid !== undefined && { sid: by.sid }) } }),
    classes,
  };
}

/** Says in words why the decision of a class is not the intended one, and what allowed or denied it. */
export function classViolation(
  account: Account,
  { planned, applications, principal }: PrincipalGroup,
  layers: PolicyLayers,
  finding: SpaceFinding,
): Violation {
  const principals = planned.map(principalLabel);
  const principalArn = principal.arn;
  const { kind, witness, decidedBy, purpose, classes } = finding;
  if (isUnknownAction(witness.action) && (kind === 'excess' || kind === 'escalation')) {
    return unknownAction(principals, principalArn, finding);
  }
  const who = principalWords(principals);
  const request = requestWords(account, witness, decidedBy === undefined ? [] : [decidedBy]);
  const by = decidedBy && { policy: decidedBy.policy, sid: decidedBy.statement.sid };
  const common = {
    kind,
    principals,
    witness,
    classes,
    about: by?.policy.startsWith('arn:') ? by.policy : principalArn,
    ...(by !== undefined && { decidedBy: { policy: by.policy, ...(by.sid !== undefined && { sid: by.sid }) } }),
  };
  const allowedBy = by === undefined ? '' : `; allowed by ${statementWords(by)}`;
  const hidden =
    by !== undefined && isHidden(account, by.policy, witness) ? '; only the permissions boundary denies it now' : '';
  switch (kind) {
    case 'excess':
      return {
        ...common,
        message: `${who} may ${request}${allowedBy}; the environment file does not ask for this${hidden}`,
      };
    case 'escalation':
      return {
        ...common,
        message: `${who} may ${request} and so ${purpose}${allowedBy}; no principal should be allowed to do this${hidden}`,
      };
    case 'undecided':
      return {
        ...common,
        message: `whether ${who} may ${request} cannot be decided: ${by === undefined ? '' : `${statementWords(by)}: `}${finding.reason}`,
      };
    case 'missing': {
      const policies = planned[0]?.policies ?? [];
      const missing =
        by === undefined ? missingForRequest({ policies, applications }, account, layers, witness) : undefined;
      const why = by === undefined ? 'no statement allows it' : `denied by ${statementWords(by)}`;
      return {
        ...common,
        // A missing statement is reported for the policy that should contain it.
        about: by?.policy ?? missing?.policy ?? principalArn,
        message: `${who} may not ${request}; ${why}; the plan intends that ${purpose}`,
        ...(missing !== undefined && { missing }),
      };
    }
  }
}

/** True when the boundary of each principal that has the policy denies the request. */
function isHidden(account: Account, policy: string, { context, ...request }: AccessRequest): boolean {
  return account.principals
    .filter(({ policies }) => policies.some(({ name }) => name === policy))
    .every((p) => {
      const own = { ...request, context: { ...context, ...knownKeys(account, p) } };
      return evaluate(layersOf(p), own).decision !== 'allowed';
    });
}
