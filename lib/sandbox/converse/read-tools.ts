import type { JsonField } from '../json-field';
import type { Content } from './content';
import { readCachePoint } from './read-cache-point';

export interface Tool {
  readonly name: string;
  /** JSON Schema of the input. */
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface ToolConfig {
  readonly tools: readonly Tool[];
  /** The tool that the scripted answer calls. */
  readonly called: Tool;
  /** The tool definitions as blocks whose tokens are counted, one for each entry of the list. */
  readonly blocks: readonly Content[];
}

function readTool(field: JsonField): readonly Tool[] {
  if (field.at('cachePoint').present) {
    return [];
  }
  const spec = field.at('toolSpec');
  const name = spec.at('name');
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name.text())) {
    throw name.invalid('must be 1 to 64 letters, digits, _ and -');
  }
  const schema = spec.at('inputSchema').at('json');
  if (schema.object()['type'] !== 'object') {
    throw schema.at('type').invalid("must be 'object'");
  }
  return [{ name: name.text(), schema: schema.object() }];
}

/** Returns the tool that `toolChoice` forces, or else the first one. */
function chooseTool(choice: JsonField, tools: readonly Tool[]): Tool | undefined {
  const [kind, ...otherKinds] = choice.present ? choice.keys() : ['auto'];
  if (kind === undefined || otherKinds.length > 0 || !['auto', 'any', 'tool'].includes(kind)) {
    throw choice.invalid('must set one of auto, any, tool');
  }
  if (kind !== 'tool') {
    return tools[0];
  }
  const name = choice.at('tool').at('name');
  const tool = tools.find((candidate) => candidate.name === name.text());
  if (tool === undefined) {
    throw name.invalid(`must name one of the tools: ${tools.map((t) => t.name).join(', ')}`);
  }
  return tool;
}

function definitionBlock({ value }: JsonField): Content {
  return { kind: 'text', text: JSON.stringify(value) };
}

/** Reads `toolConfig`. Returns `undefined` when it is absent. */
export function readTools(field: JsonField): ToolConfig | undefined {
  if (!field.present) {
    return undefined;
  }
  const tools = field.at('tools').list().flatMap(readTool);
  const duplicate = tools.find(({ name }, at) => tools.findIndex((tool) => tool.name === name) !== at);
  if (duplicate !== undefined) {
    throw field.at('tools').invalid(`names the tool ${duplicate.name} more than once`);
  }
  const called = chooseTool(field.at('toolChoice'), tools);
  if (called === undefined) {
    throw field.at('tools').invalid('must hold at least one tool');
  }
  const blocks = field
    .at('tools')
    .list()
    .map((tool): Content => (tool.at('cachePoint').present ? readCachePoint(tool) : definitionBlock(tool)));
  return { tools, called, blocks };
}
