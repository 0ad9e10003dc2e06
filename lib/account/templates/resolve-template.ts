import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import type { AssemblyStack } from '../resource/assembly-stack';
import type { Resource } from '../resource/resource';
import { TemplateError } from '../resource/template-error';
import { Unresolved } from '../resource/unresolved';
import { attributeOf, refOf } from '../types/stand-in';
import { opaqueAttribute, opaqueNames } from './opaque-stand-in';

type Path = readonly (string | number)[];

/** Options for reading a template without knowing its account or the other stacks of its app. */
export interface TemplateReading {
  /**
   * True for the types of resources to read. Conditions of other resources are not evaluated.
   *
   * @default - every type
   */
  readonly reads?: (type: string) => boolean;
  /**
   * Values that other stacks export, by export name.
   *
   * @default - none: `Fn::ImportValue` cannot be resolved
   */
  readonly imports?: Readonly<Record<string, string>>;
  /**
   * True to use made-up ARNs for resources that only have to be distinguishable.
   *
   * @default false
   */
  readonly opaque?: boolean;
}

/** Value of `AWS::NoValue`. A property or list item with this value is removed. */
const NO_VALUE = Symbol('AWS::NoValue');
/** Maximum nesting of a template. The limit of CloudFormation is lower. */
const MAX_DEPTH = 100;

/**
 * Reads a key of a map, but no inherited property. A name in a template may be one that every JavaScript object has,
 * such as `constructor`.
 */
function own(map: unknown, key: string): unknown {
  return isJsonMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/**
 * Returns the resources of a stack whose conditions are true.
 *
 * @param parameter returns the value of an SSM parameter, for template parameters that have one as their default; every
 * other template parameter takes its default
 */
export function resolveTemplate(
  stack: AssemblyStack,
  parameter: (name: string) => string | undefined,
  reading: TemplateReading = {},
): readonly Resource[] {
  if (stack.template['Transform'] !== undefined || JSON.stringify(stack.template).includes('"Fn::Transform"')) {
    throw new TemplateError(
      stack.templateFile,
      ['Transform'],
      'macros change a template during its deployment; remove them',
    );
  }
  const resolver = new Resolver(stack, parameter, reading);
  const { reads = () => true } = reading;
  return Object.entries(section(stack, 'Resources'))
    .filter(([logicalId, resource]) => reads(String(own(resource, 'Type'))) && resolver.exists(logicalId))
    .map(([logicalId]) => logicalId)
    .map((logicalId) => resolver.resource(logicalId, ['Resources', logicalId]));
}

function isFunction(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function section(stack: AssemblyStack, name: string): JsonMap {
  const value = stack.template[name];
  if (value !== undefined && !isJsonMap(value)) {
    throw new TemplateError(stack.templateFile, [name], 'must be an object');
  }
  return value ?? {};
}

class Resolver {
  private readonly partition: string;
  /** Paths of the properties and conditions that are being resolved, so that a circular reference is found. */
  private readonly open = new Set<string>();

  constructor(
    private readonly stack: AssemblyStack,
    private readonly parameter: (name: string) => string | undefined,
    private readonly reading: TemplateReading,
  ) {
    this.partition = partitionOf(stack.region);
  }

  exists(logicalId: string): boolean {
    const condition = own(section(this.stack, 'Resources')[logicalId], 'Condition');
    return condition === undefined || this.condition(condition, ['Resources', logicalId, 'Condition']);
  }

  resource(logicalId: string, usedAt: Path): Resource {
    const resource = own(section(this.stack, 'Resources'), logicalId);
    if (!isJsonMap(resource)) {
      throw this.error(usedAt, `there is no resource '${logicalId}'`);
    }
    const { Type: type, Properties: properties = {} } = resource;
    const at = ['Resources', logicalId];
    if (typeof type !== 'string') {
      throw this.error([...at, 'Type'], 'must be text');
    }
    if (!isJsonMap(properties) || Object.keys(properties).some(isFunction)) {
      throw this.error([...at, 'Properties'], 'must be a map of properties');
    }
    return {
      stack: this.stack,
      partition: this.partition,
      logicalId,
      type,
      propertyNames: Object.keys(properties),
      property: (name) => {
        const path = [...at, 'Properties', name];
        const value = this.once(path, () => this.value(own(properties, name), path));
        return value === NO_VALUE ? undefined : value;
      },
      partialProperty: (name) => {
        const value = this.partly(own(properties, name), [...at, 'Properties', name]);
        return value === NO_VALUE ? undefined : value;
      },
    };
  }

  /** Returns a resource that a function refers to. Its condition must be true. */
  private referred(logicalId: string, path: Path): Resource {
    const defined = this.resource(logicalId, path);
    const resource = this.reading.opaque ? { ...defined, ...opaqueNames(defined) } : defined;
    return this.exists(logicalId) ? resource : this.fail(path, `the condition of '${logicalId}' is false`);
  }

  private once<T>(path: Path, resolve: () => T): T {
    const id = JSON.stringify(path);
    if (this.open.has(id)) {
      return this.fail(path, 'refers to itself in a circle');
    }
    this.open.add(id);
    try {
      return resolve();
    } finally {
      this.open.delete(id);
    }
  }

  private value(value: unknown, path: Path): unknown {
    if (path.length > MAX_DEPTH) {
      throw this.error(path.slice(0, 5), `is nested more than ${MAX_DEPTH} levels deep`);
    }
    if (Array.isArray(value)) {
      return value.map((item, i) => this.value(item, [...path, i])).filter((item) => item !== NO_VALUE);
    }
    if (!isJsonMap(value)) {
      return value;
    }
    const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && isFunction(key)) {
      return this.intrinsic(key, argument, [...path, key]);
    }
    const misplaced = Object.keys(value).find((k) => k.startsWith('Fn::'));
    if (misplaced !== undefined) {
      return this.fail(path, `${misplaced} must stand alone`);
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([k, item]) => [k, this.value(item, [...path, k])])
        .filter(([, item]) => item !== NO_VALUE),
    );
  }

  /**
   * Resolves maps and lists item by item. A function with a problem anywhere inside becomes `Unresolved` as a whole.
   */
  private partly(value: unknown, path: Path): unknown {
    const inside = path.length <= MAX_DEPTH && typeof value === 'object' && value !== null;
    if (inside && Array.isArray(value)) {
      return value.map((item, i) => this.partly(item, [...path, i])).filter((item) => item !== NO_VALUE);
    }
    if (inside && !Object.keys(value).some((key) => key.startsWith('Fn::') || key === 'Ref')) {
      return Object.fromEntries(
        Object.entries(value)
          .map(([key, item]) => [key, this.partly(item, [...path, key])])
          .filter(([, item]) => item !== NO_VALUE),
      );
    }
    try {
      return this.value(value, path);
    } catch (error) {
      if (!(error instanceof TemplateError)) {
        throw error;
      }
      return new Unresolved(error.message);
    }
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
        const number = this.text(index, path);
        const selected = /^\d+$/.test(number) ? this.list(items, path)[Number(number)] : undefined;
        return selected ?? this.fail(path, `has no element ${number}`);
      }
      case 'Fn::Split': {
        const [separator, text] = this.list(argument, path, 2);
        return this.text(text, path).split(this.text(separator, path));
      }
      case 'Fn::If':
        return this.choose(argument, path);
      case 'Fn::FindInMap': {
        const [map, first, second] = this.list(argument, path, 3);
        const names = [map, first, second].map((name) => this.text(name, path));
        return (
          names.reduce(own, section(this.stack, 'Mappings')) ??
          this.fail(path, 'is not in the mappings of this template')
        );
      }
      case 'Fn::ImportValue':
        return this.imported(argument, path);
      default:
        return this.fail(path, `the function ${name} is not understood`);
    }
  }

  private imported(argument: unknown, path: Path): unknown {
    const { imports } = this.reading;
    if (imports === undefined) {
      return this.fail(path, 'the function Fn::ImportValue is not understood');
    }
    const name = this.text(argument, path);
    return own(imports, name) ?? this.fail(path, `the value of the export '${name}' is unknown`);
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
    const declared = own(section(this.stack, 'Parameters'), name);
    if (isJsonMap(declared)) {
      return this.parameterValue(name, declared, path);
    }
    const resource = this.referred(name, path);
    return (
      refOf(resource) ??
      this.opaque(resource, 'Ref') ??
      this.fail(path, `the value of Ref is unknown for the type ${resource.type}`)
    );
  }

  private parameterValue(name: string, declared: JsonMap, path: Path): unknown {
    const { Type: type, Default: value } = declared;
    if (value === undefined) {
      return this.fail(path, `the parameter '${name}' has no default`);
    }
    const given = String(type).startsWith('AWS::SSM::Parameter::Value<')
      ? (this.parameter(String(value)) ?? this.fail(path, `no template defines the SSM parameter '${String(value)}'`))
      : String(value);
    return String(type).includes('List') ? given.split(',').map((item) => item.trim()) : given;
  }

  private attribute(argument: unknown, path: Path): unknown {
    const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : this.list(argument, path, 2);
    const resource = this.referred(this.text(logicalId, path), path);
    const attribute = rest.map((part) => this.text(part, path)).join('.');
    return (
      attributeOf(resource, attribute) ??
      this.opaque(resource, attribute) ??
      this.fail(path, `the value of GetAtt ${attribute} is unknown for the type ${resource.type}`)
    );
  }

  private opaque(resource: Resource, attribute: string): string | undefined {
    return this.reading.opaque ? opaqueAttribute(resource, attribute) : undefined;
  }

  private substitute(argument: unknown, path: Path): string {
    const [template, variables] = Array.isArray(argument) ? this.list(argument, path, 2) : [argument, {}];
    if (!isJsonMap(variables)) {
      return this.fail(path, 'must have a map of variables');
    }
    return this.text(template, path).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') {
        return `\${${name}}`;
      }
      return this.text(
        own(variables, name) ?? (name.includes('.') ? this.attribute(name, path) : this.ref(name, path)),
        path,
      );
    });
  }

  private choose(argument: unknown, path: Path): unknown {
    if (!Array.isArray(argument) || argument.length !== 3) {
      return this.fail(path, 'must be a list of 3');
    }
    const [condition, yes, no] = argument;
    // Only the chosen branch is resolved, because the other one may refer to a resource that does not exist.
    return this.value(this.condition(condition, path) ? yes : no, path);
  }

  private condition(condition: unknown, path: Path): boolean {
    if (typeof condition !== 'string') {
      return this.test(condition, path);
    }
    const declared = own(section(this.stack, 'Conditions'), condition);
    const at = ['Conditions', condition];
    return declared === undefined
      ? this.fail(path, `there is no condition '${condition}'`)
      : this.once(at, () => this.test(declared, at));
  }

  private test(expression: unknown, path: Path): boolean {
    if (path.length > MAX_DEPTH) {
      return this.fail(path.slice(0, 5), `is nested more than ${MAX_DEPTH} levels deep`);
    }
    const [[name, argument] = ['', undefined], ...others] = Object.entries(isJsonMap(expression) ? expression : {});
    const at = [...path, name];
    const tests = (least: number, most: number): readonly boolean[] =>
      Array.isArray(argument) && argument.length >= least && argument.length <= most
        ? argument.map((e, i) => this.test(e, [...at, i]))
        : this.fail(at, `must be a list of ${least === most ? least : `${least} to ${most}`} conditions`);
    switch (others.length === 0 ? name : '') {
      case 'Condition':
        return this.condition(this.text(argument, at), at);
      case 'Fn::Equals': {
        const [left, right] = this.list(argument, at, 2);
        return this.text(left, at) === this.text(right, at);
      }
      case 'Fn::And':
        return tests(2, 10).every(Boolean);
      case 'Fn::Or':
        return tests(2, 10).some(Boolean);
      case 'Fn::Not':
        return !tests(1, 1)[0];
      default:
        return this.fail(path, 'is not a condition');
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
