import type { AssemblyStack } from '../../lib/account/resource/assembly-stack';
import { resolveTemplate } from '../../lib/account/templates/resolve-template';
import type { TemplateReading } from '../../lib/account/templates/template-reading';

type Json = Readonly<Record<string, unknown>>;

export function stackOf(template: Json): AssemblyStack {
  return {
    stackName: 'dev--chat',
    accountId: '111122223333',
    region: 'us-east-1',
    templateFile: 'chat.template.json',
    template,
    assets: new Map(),
  };
}

/** Resolves a value as the property `Value` of the resource `Probe`, in a template that also has `sections`. */
export function resolved(value: unknown, sections: Json = {}, reading: TemplateReading = { assumes: true }): unknown {
  const template = {
    ...sections,
    Resources: { ...(sections['Resources'] as Json), Probe: { Type: 'Test::Probe', Properties: { Value: value } } },
  };
  const resources = resolveTemplate(stackOf(template), reading);
  return resources.find((r) => r.logicalId === 'Probe')?.property('Value');
}
