import { SERVICE_PRINCIPALS } from '../../catalog/service-principals';
import { meantHint } from '../../spelling/did-you-mean';
import { nearest } from '../../spelling/nearest';
import type { Path, Problem } from '../problem';
import { text } from '../text-schema';
import { ofNewRole } from './further-policies';

/** A service of AWS that runs the application. It gets a role. */
export const service = ofNewRole('service', {
  service: text(
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/,
    'a service principal, such as lambda.amazonaws.com',
  ).describe("A new role that the application's functions or tasks run as."),
});

/** Warns of a service whose name resembles a known one. IAM would refuse it, but only when the stack is deployed. */
export function checkService(path: Path, service: string): readonly Problem[] {
  const known: readonly string[] = SERVICE_PRINCIPALS;
  const label = service.replace(/\.amazonaws\.com$/, '');
  const [meant] = known.includes(service)
    ? []
    : nearest(
        label,
        known.map((s) => s.replace(/\.amazonaws\.com$/, '')),
      );
  return meant === undefined
    ? []
    : [
        {
          path,
          severity: 'warning',
          message: `'${service}' is not a service in the catalog${meantHint(`${meant}.amazonaws.com`)}`,
        },
      ];
}
