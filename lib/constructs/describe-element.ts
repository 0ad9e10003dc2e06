import { type CfnElement, Stack } from 'aws-cdk-lib';

/** Everything that a template says of an element, under its stack's name, but for what stands under the keys `without`. */
export function describeElement(element: CfnElement, without: readonly string[]): string {
  const stack = Stack.of(element);
  const template: unknown = stack.resolve(element._toCloudFormation());
  return JSON.stringify([stack.stackName, template], (key, value) => (without.includes(key) ? undefined : value));
}
