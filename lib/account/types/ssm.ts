import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { text } from '../resource/resource-properties';
import { on } from './action-target';
import { resourceName } from './generated-name';
import { regionalArn } from './resource-arn';
import { onItself, type ResourceType } from './resource-type';

const parameterName = (r: Resource): string => resourceName(r, 'Name');

/**
 * Returns the ARN of an SSM parameter. Its name follows exactly one slash, whether or not the name begins with a slash.
 */
export function parameterArn(place: Pick<Resource, 'partition' | 'stack'>, name: string): string {
  return regionalArn(place, 'ssm', `parameter/${name.replace(/^\//, '')}`);
}

export const SSM_TYPES = {
  'AWS::SSM::Parameter': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ parameters: [{ name: parameterName(r), value: text(r, 'Value') }] }),
    names: (r) => [parameterName(r)],
    standIn: {
      ref: parameterName,
      attributes: { Type: (r) => r.property('Type'), Value: (r) => r.property('Value') },
    },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::SSM::Parameter'],
    unusedFeatures: [],
    actsOn: onItself((r) => on(parameterArn(r, parameterName(r)))),
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
