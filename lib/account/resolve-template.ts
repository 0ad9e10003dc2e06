import { partitionOf } from '../catalog/region';
import type { AssemblyStack } from './cloud-assembly';
import { attributeOf, type ResourceRef, refOf } from './stand-in';
import { TemplateError } from './template-error';

type Json = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** A resource that the template creates, for reading its properties with every intrinsic function replaced. */
export interface ResolvedResource {
  readonly stack: AssemblyStack;
  readonly logicalId: string;
  readonly type: string;
  /**
   * One property, resolved; `undefined` where the template leaves it out.
   *
   * @throws TemplateError with the template and the path, when something in it cannot be resolved
   */
  property(name: string): unknown;
}

/** `AWS::NoValue`: whatever holds it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');
/** As deep as a template may nest; CloudFormation's own limit is lower. */
const MAX_DEPTH = 100;

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The resources of a stack whose condition holds. Parameters take their defaults; `parameter` answers SSM defaults. */
export function resolveTemplate(
  stack: AssemblyStack,
  parameter: (name: string) => string | undefined,
): readonly ResolvedResource[] {
  const resolver = new Resolver(stack, parameter);
  return Object.entries(section(stack, 'Resources'))
    .filter(([logicalId]) => resolver.exists(logicalId))
    .map(([logicalId]) => resolver.resource(logicalId, []));
}

function section(stack: AssemblyStack, name: string): Json {
  const value = stack.template[name];
  if (value !== undefined && !isMap(value)) {
    throw new TemplateError(stack.templateFile, [name], 'must be an object');
  }
  return value ?? {};
}

class Resolver {
  private readonly partition: string;
  /** Resources being resolved, so that a circle is found instead of followed. */
  private readonly open = new Set<string>();

  constructor(
    private readonly stack: AssemblyStack,
    private readonly parameter: (name: string) => string | undefined,
  ) {
    this.partition = partitionOf(stack.region);
  }

  exists(logicalId: string): boolean {
    const condition = (section(this.stack, 'Resources')[logicalId] as Json | undefined)?.['Condition'];
    return condition === undefined || this.condition(condition, ['Resources', logicalId, 'Condition']);
  }

  resource(logicalId: string, usedAt: Path): ResolvedResource & ResourceRef {
    const resource = section(this.stack, 'Resources')[logicalId];
    if (!isMap(resource)) {
      throw this.error(usedAt, `there is no resource '${logicalId}'`);
    }
    const properties = isMap(resource['Properties']) ? resource['Properties'] : {};
    return {
      stack: this.stack,
      partition: this.partition,
      logicalId,
      type: String(resource['Type']),
      property: (name) => {
        const id = `${logicalId}.${name}`;
        if (this.open.has(id)) {
          throw this.error(['Resources', logicalId, 'Properties', name], 'refers to itself in a circle');
        }
        this.open.add(id);
        try {
          const value = this.value(properties[name], ['Resources', logicalId, 'Properties', name]);
          return value === NO_VALUE ? undefined : value;
        } finally {
          this.open.delete(id);
        }
      },
    };
  }

  private value(value: unknown, path: Path): unknown {
    if (path.length > MAX_DEPTH) {
      throw this.error(path.slice(0, 5), `is nested more than ${MAX_DEPTH} levels deep`);
    }
    if (Array.isArray(value)) {
      return value.map((item, i) => this.value(item, [...path, i])).filter((item) => item !== NO_VALUE);
    }
    if (!isMap(value)) {
      return value;
    }
    const [key, argument] = Object.entries(value)[0] ?? [];
    if (
      key !== undefined &&
      Object.keys(value).length === 1 &&
      (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))
    ) {
      return key === 'Condition' && isMap(argument)
        ? this.entries(value, path)
        : this.intrinsic(key, argument, [...path, key]);
    }
    return this.entries(value, path);
  }

  private entries(map: Json, path: Path): unknown {
    return Object.fromEntries(
      Object.entries(map)
        .map(([key, item]) => [key, this.value(item, [...path, key])])
        .filter(([, item]) => item !== NO_VALUE),
    );
  }

  private intrinsic(name: string, argument: unknown, path: Path): unknown {
    switch (name) {
      case 'Ref':
        return this.ref(this.text(argument, path), path);
      case 'Fn::GetAtt':
        return this.attribute(argument, path);
      case 'Fn::Sub':
        return this.substitute(argument, path);
      case 'Fn::Join': {
        const [separator, items] = this.list(argument, path, 2);
        return this.list(items, path)
          .map((item) => this.text(item, path))
          .join(this.text(separator, path));
      }
      case 'Fn::Select': {
        const [index, items] = this.list(argument, path, 2);
        const selected = this.list(items, path)[Number(index)];
        return selected ?? this.fail(path, `has no element ${String(index)}`);
      }
      case 'Fn::Split': {
        const [separator, text] = this.list(argument, path, 2);
        return this.text(text, path).split(this.text(separator, path));
      }
      case 'Fn::If':
        return this.choose(argument, path);
      case 'Fn::FindInMap': {
        const [map, first, second] = this.list(argument, path, 3);
        const level = section(this.stack, 'Mappings')[this.text(map, path)] as Json | undefined;
        const row = level?.[this.text(first, path)] as Json | undefined;
        return row?.[this.text(second, path)] ?? this.fail(path, 'is in no mapping of this template');
      }
      case 'Condition':
        return this.condition(argument, path);
      default:
        return this.fail(path, `the function ${name} is not understood`);
    }
  }

  private ref(name: string, path: Path): unknown {
    const { accountId, region, stackName } = this.stack;
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::AccountId': accountId,
      'AWS::NoValue': NO_VALUE,
      'AWS::Partition': this.partition,
      'AWS::Region': region,
      'AWS::StackId': `arn:${this.partition}:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    if (Object.hasOwn(pseudo, name)) {
      return pseudo[name];
    }
    const declared = section(this.stack, 'Parameters')[name];
    if (isMap(declared)) {
      return this.parameterValue(name, declared, path);
    }
    const resource = this.resource(name, path);
    return refOf(resource) ?? this.fail(path, `what Ref gives for ${resource.type} is not known here`);
  }

  private parameterValue(name: string, declared: Json, path: Path): unknown {
    const value = declared['Default'];
    if (value === undefined) {
      return this.fail(path, `the parameter '${name}' has no default`);
    }
    if (!String(declared['Type']).startsWith('AWS::SSM::Parameter::Value<')) {
      return String(declared['Type']).includes('List') ? String(value).split(',') : String(value);
    }
    return this.parameter(String(value)) ?? this.fail(path, `no template defines the SSM parameter '${String(value)}'`);
  }

  private attribute(argument: unknown, path: Path): unknown {
    const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : this.list(argument, path, 2);
    const resource = this.resource(this.text(logicalId, path), path);
    const attribute = rest.map((part) => this.text(part, path)).join('.');
    return (
      attributeOf(resource, attribute) ??
      this.fail(path, `what GetAtt ${attribute} gives for ${resource.type} is not known here`)
    );
  }

  private substitute(argument: unknown, path: Path): string {
    const [template, variables] = Array.isArray(argument) ? this.list(argument, path, 2) : [argument, {}];
    return this.text(template, path).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') {
        return `\${${name}}`;
      }
      const given = isMap(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
      return this.text(given ?? (name.includes('.') ? this.attribute(name, path) : this.ref(name, path)), path);
    });
  }

  private choose(argument: unknown, path: Path): unknown {
    if (!Array.isArray(argument) || argument.length !== 3) {
      return this.fail(path, 'must be a list of 3');
    }
    const [condition, yes, no] = argument;
    // Only the branch that is taken is resolved: the other may refer to a resource that does not exist.
    return this.value(this.condition(condition, path) ? yes : no, path);
  }

  private condition(condition: unknown, path: Path): boolean {
    if (typeof condition === 'string') {
      const declared = section(this.stack, 'Conditions')[condition];
      return declared === undefined
        ? this.fail(path, `there is no condition '${condition}'`)
        : this.test(declared, ['Conditions', condition]);
    }
    return this.test(condition, path);
  }

  private test(expression: unknown, path: Path): boolean {
    if (path.length > MAX_DEPTH) {
      return this.fail(path.slice(0, 5), 'refers to itself in a circle');
    }
    const [name, argument] = Object.entries(isMap(expression) ? expression : {})[0] ?? [];
    const at = [...path, String(name)];
    const tests = (): readonly boolean[] => (Array.isArray(argument) ? argument : []).map((e) => this.test(e, at));
    switch (name) {
      case 'Condition': {
        const declared = section(this.stack, 'Conditions')[String(argument)];
        return declared === undefined
          ? this.fail(at, `there is no condition '${String(argument)}'`)
          : this.test(declared, at);
      }
      case 'Fn::Equals': {
        const [left, right] = this.list(argument, at, 2);
        return String(left) === String(right);
      }
      case 'Fn::And':
        return tests().every(Boolean);
      case 'Fn::Or':
        return tests().some(Boolean);
      case 'Fn::Not':
        return !tests()[0];
      default:
        return this.fail(at, 'is no condition');
    }
  }

  private text(value: unknown, path: Path): string {
    const resolved = this.value(value, path);
    return typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean'
      ? String(resolved)
      : this.fail(path, 'must be text');
  }

  private list(value: unknown, path: Path, length?: number): readonly unknown[] {
    const resolved = this.value(value, path);
    return Array.isArray(resolved) && (length === undefined || resolved.length === length)
      ? resolved
      : this.fail(path, `must be a list${length === undefined ? '' : ` of ${length}`}`);
  }

  private fail(path: Path, problem: string): never {
    throw this.error(path, problem);
  }

  private error(path: Path, problem: string): TemplateError {
    return new TemplateError(this.stack.templateFile, path, problem);
  }
}
