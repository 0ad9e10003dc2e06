import { elements } from './elements';
import { quote } from './quote';
import type { Refuse } from './refuse';
import { stringList } from './string-list';

/** A principal that a statement of a trust policy names. */
export type PrincipalPattern =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string };

const ACCOUNT = /^(?:[0-9]{12}|arn:aws[a-z-]*:iam::([0-9]{12}):root)$/;
const USER_OR_ROLE = /^arn:aws[a-z-]*:(?:iam::[0-9]{12}:(?:user|role)|sts::[0-9]{12}:assumed-role)\/[^*?$\s]+$/;
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
const PROVIDER = /^[^*?$\s]+$/;

/**
 * Parses the Principal element: `*`, or lists of AWS principals, services and identity providers.
 *
 * `"*"` and `{"AWS": "*"}` mean the same. A wildcard is never part of a longer name. An account ID and the `root` ARN
 * of that account mean the same (IAM User Guide, "AWS JSON policy elements: Principal").
 */
export function parsePrincipal(value: unknown, refuse: Refuse): readonly PrincipalPattern[] {
  if (value === '*') {
    return [{ kind: 'everyone' }];
  }
  const types = elements(value);
  if (types === undefined || types.size === 0) {
    refuse(`Principal is ${quote(value)}; it must be '*' or an object with AWS, Service or Federated`);
    return [];
  }
  return [...types].flatMap(([type, names]) => {
    if (type !== 'AWS' && type !== 'Service' && type !== 'Federated') {
      refuse(`Principal has the type ${quote(type)}; the known types are AWS, Service and Federated`);
      return [];
    }
    return stringList(`Principal.${type}`, names, refuse).flatMap((name) => {
      const pattern = { AWS: parseAws, Service: parseService, Federated: parseProvider }[type](name);
      return pattern ?? refuse(`Principal.${type} ${quote(name)} does not name one principal`) ?? [];
    });
  });
}

function parseAws(name: string): PrincipalPattern | undefined {
  if (name === '*') {
    return { kind: 'everyone' };
  }
  const account = ACCOUNT.exec(name);
  if (account !== null) {
    return { kind: 'account', accountId: account[1] ?? name };
  }
  return USER_OR_ROLE.test(name) ? { kind: 'arn', arn: name } : undefined;
}

function parseService(name: string): PrincipalPattern | undefined {
  return SERVICE.test(name) ? { kind: 'service', service: name } : undefined;
}

function parseProvider(name: string): PrincipalPattern | undefined {
  return PROVIDER.test(name) ? { kind: 'federated', provider: name } : undefined;
}
