import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { RequestContext } from '../../iam/match/access-request';
import type { TrustCase } from '../../proof/verification/trust/trust-case';
import type { OutsideCaller } from '../../sandbox/outside-caller';
import type { LocalClaims } from './local-issuer';

/** A request to assume a role: by AssumeRole as a caller from outside, or by AssumeRoleWithWebIdentity with a token. */
export type TrustAttempt =
  | { readonly by: OutsideCaller; readonly parameters: Omit<AssumeRoleCommandInput, 'RoleArn' | 'RoleSessionName'> }
  | { readonly claims: LocalClaims };

const TAG = 'aws:RequestTag/';

/**
 * Turns a case into the request that its caller would make. Session tags, the external id and the source identity are
 * parameters or claims. AWS itself sets the other keys, so they belong to the caller.
 */
export function attemptOf({ caller, context }: TrustCase): TrustAttempt {
  const tags = tagsOf(context);
  const sourceIdentity = context['sts:SourceIdentity']?.[0];
  if (caller.kind === 'federated') {
    const issuer = issuerOf(caller.provider);
    const claim = (name: string): string => context[`${issuer}:${name}`]?.[0] ?? '';
    return {
      claims: {
        ...{ issuer, audience: claim('aud'), subject: claim('sub'), tags },
        ...(sourceIdentity !== undefined && { sourceIdentity }),
      },
    };
  }
  const externalId = context['sts:ExternalId']?.[0];
  const keys = Object.entries(context).filter(
    ([key]) => !key.startsWith('sts:') && !key.startsWith(TAG) && key !== 'aws:TagKeys',
  );
  return {
    by: { caller, keys: Object.fromEntries(keys) },
    parameters: {
      ...(Object.keys(tags).length > 0 && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
      ...(externalId !== undefined && { ExternalId: externalId }),
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    },
  };
}

/** Returns the host and path of the issuer of an IAM OIDC provider. */
export function issuerOf(providerArn: string): string {
  return providerArn.replace(/^.*?:oidc-provider\//, '');
}

function tagsOf(context: RequestContext): Readonly<Record<string, string>> {
  const values = Object.entries(context).filter(([key]) => key.startsWith(TAG));
  return {
    ...Object.fromEntries((context['aws:TagKeys'] ?? []).map((key) => [key, 'x'])),
    ...Object.fromEntries(values.map(([key, [value = '']]) => [key.slice(TAG.length), value])),
  };
}
