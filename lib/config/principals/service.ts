import { z } from 'zod';
import type { JsonMap } from '../../catalog/json-map';
import { POD_IDENTITY } from '../../catalog/pod-identity';
import { SERVICE_PRINCIPALS } from '../../catalog/service-principals';
import { meantHint } from '../../spelling/did-you-mean';
import { nearest } from '../../spelling/nearest';
import type { Path, Problem } from '../problem';
import { ofWrongType } from '../text-schema';
import { ofNewRole } from './further-policies';

const FORM = 'must be a service principal, such as lambda.amazonaws.com';
const SUFFIX = '.amazonaws.com';

const name = z.string(ofWrongType(FORM)).regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/, {
  error: ({ input }) =>
    `${input}${SUFFIX}` in SERVICE_PRINCIPALS ? `must be the whole service principal, '${input}${SUFFIX}'` : FORM,
});

/** A service of AWS that runs the application, or several that use one role. */
export const service = ofNewRole('service', {
  service: z
    .union([name, z.array(name).min(1)], `${FORM}, or a list of them`)
    .describe("A new role that the application's functions, tasks or instances run as."),
  logs: z
    .boolean(ofWrongType('must be true or false'))
    .optional()
    .describe("True for functions that write to the application's own log group, which is made for them."),
});

/** The service whose functions can be told the name of a log group. */
const FUNCTIONS = 'lambda.amazonaws.com';

/** Refuses a log group for services that do not write logs with the role of their application. */
export function checkLogs(path: Path, { service: named, logs }: JsonMap): readonly Problem[] {
  const read = service.in.shape.service.safeParse(named).data;
  const others = read === undefined ? [] : servicesOf({ service: read }).filter((one) => one !== FUNCTIONS);
  return logs === true && others.length > 0
    ? [
        {
          path: [...path, 'logs'],
          message: `'logs' is for functions of ${FUNCTIONS} alone; ${others.join(', ')} cannot be told the name of a log group, so remove the key, and name a policy with policies: if the role needs one`,
        },
      ]
    : [];
}

/** Returns the services that assume the role of a principal. */
export function servicesOf({ service: named }: { readonly service: string | readonly string[] }): readonly string[] {
  return typeof named === 'string' ? [named] : named;
}

/**
 * Refuses services that are named twice or need another kind of principal, and warns of a service that is not in the
 * catalog: IAM would refuse a misspelt one, but only when the stack is deployed.
 */
export function checkService(path: Path, named: string | readonly string[]): readonly Problem[] {
  const services = servicesOf({ service: named });
  return services.flatMap((one, i): readonly Problem[] => {
    const at = typeof named === 'string' ? path : [...path, i];
    if (services.indexOf(one) < i) {
      return [{ path: at, message: `'${one}' is in the list already; remove one of the two` }];
    }
    if (one === POD_IDENTITY) {
      return [
        {
          path: at,
          message:
            'EKS Pod Identity needs a role whose trust policy names the cluster and the service account; write pods: { cluster, namespace, serviceAccount } instead',
        },
      ];
    }
    return one in SERVICE_PRINCIPALS ? [] : [unknown(at, one)];
  });
}

function unknown(path: Path, one: string): Problem {
  const known = Object.keys(SERVICE_PRINCIPALS).map((s) => s.slice(0, -SUFFIX.length));
  const [meant] = nearest(one.slice(0, -SUFFIX.length), known);
  return {
    path,
    severity: 'warning',
    message: `'${one}' is not a service in the catalog${
      meant === undefined
        ? '; its trust policy gets no confused-deputy conditions, and nobody checked that the service exists'
        : meantHint(`${meant}${SUFFIX}`)
    }`,
  };
}
