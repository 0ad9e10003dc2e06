import { BILLING_REGION } from '../../catalog/region';
import type { AssemblyStack } from '../resource/assembly-stack';
import type { Resource } from '../resource/resource';
import { TemplateError } from '../resource/template-error';
import { readAssembly } from './cloud-assembly';
import { ResolutionWork } from './resolution-work';
import { resolveTemplate } from './resolve-template';

/** All stacks of an environment, which belong to one account, and the resources that they create. */
export interface TemplateResources {
  readonly stacks: readonly AssemblyStack[];
  /** A stack in the environment's own Region. The billing stacks are in us-east-1. */
  readonly first: AssemblyStack;
  readonly resources: readonly Resource[];
}

/**
 * Reads the resources from the synthesized templates of one environment. Properties are resolved when they are read.
 *
 * @param folder a cloud assembly, such as `cdk.out`
 * @throws TemplateError when a template cannot be read, or when a stack is in another account, or in another Region
 * that is not us-east-1
 */
export function readTemplateResources(folder: string, environment: string): TemplateResources {
  const stacks = readAssembly(folder, environment);
  const first = stacks.find(({ region }) => region !== BILLING_REGION) ?? stacks[0];
  if (first === undefined) {
    throw new TemplateError(folder, [], `the environment '${environment}' has no stacks`);
  }
  const foreign = stacks.find(
    (s) => s.accountId !== first.accountId || ![first.region, BILLING_REGION].includes(s.region),
  );
  if (foreign !== undefined) {
    throw new TemplateError(foreign.templateFile, [], 'is for another account or Region than the other stacks');
  }
  const work = new ResolutionWork();
  return { stacks, first, resources: stacks.flatMap((stack) => resolveTemplate(stack, { work })) };
}
