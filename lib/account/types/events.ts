import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { maps } from '../resource/resource-properties';
import { type Concerns, on, passedTo } from './concern';
import { named } from './made-up-name';
import { regionalArn } from './resource-arn';
import { type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const ruleName = (r: Resource): string => named(r, 'Name');
const ruleArn = (r: Resource): string => regionalArn(r, 'events', `rule/${ruleName(r)}`);

/** Roles that a rule or its targets name. */
const passed: Concerns = (r) =>
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
        feature: 'a role that the rule or a target is called as',
        absent: ['RoleArn', 'Targets.RoleArn'],
        actions: ['iam:PassRole'],
        reason: "the function's own policy allows the call",
      },
    ],
    actsOn: { itself: (r) => on(ruleArn(r)), itselfFor: {}, others: { 'iam:PassRole': passed } },
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
