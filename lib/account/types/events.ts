import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { maps } from '../resource/resource-properties';
import { type ActionTargets, on, passedTo } from './action-target';
import { resourceName } from './generated-name';
import { regionalArn } from './resource-arn';
import { type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const ruleName = (r: Resource): string => resourceName(r, 'Name');
const ruleArn = (r: Resource): string => regionalArn(r, 'events', `rule/${ruleName(r)}`);

/** Returns the roles that a rule and its targets pass to EventBridge. */
const passedRoles: ActionTargets = (r) =>
  [r.property('RoleArn'), ...maps(r, 'Targets').map((target) => target['RoleArn'])]
    .filter((role) => role !== undefined)
    .map((role) => passedTo(String(role), 'events.amazonaws.com'));

export const EVENTS_TYPES = {
  'AWS::Events::Rule': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r, ruleName(r))] }),
    names: unnamed,
    standIn: { ref: ruleName, attributes: { Arn: ruleArn } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::Events::Rule'],
    unusedFeatures: [
      {
        feature: 'a role of the rule or of a target',
        absent: ['RoleArn', 'Targets.RoleArn'],
        actions: ['iam:PassRole'],
        reason: "the function's resource-based policy allows the call",
      },
    ],
    actsOn: { itself: (r) => on(ruleArn(r)), itselfFor: {}, others: { 'iam:PassRole': passedRoles } },
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
