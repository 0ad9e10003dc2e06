import { type CfnElement, Stack } from 'aws-cdk-lib';

/** Returns the name of an element's stack and its part of the template as JSON, without the keys in `without`. */
export function describeElement(element: CfnElement, without: readonly string[]): string {
  const stack = Stack.of(element);
  const template: unknown = stack.resolve(element._toCloudFormation());
  return JSON.stringify([stack.stackName, template], (key, value) => (without.includes(key) ? undefined : value));
}
