import { boundedText } from '../../../aws/bounded-text';
import type { Served } from '../../aliases/served-aliases';
import type { ResourceRequest } from '../../custom-resource/resource-request';

/** The properties of the gate in an application's stack. */
export interface GateOrder {
  readonly application: string;
  readonly aliases: Served;
  /** `fail`: access that does not work fails the deployment. `warn`: it is only reported. */
  readonly onFailure: 'fail' | 'warn';
}

/** Reads the properties of the gate. Throws an error that names the wrong property. */
export function parseGateOrder({ ResourceProperties }: ResourceRequest): GateOrder {
  const { Application: application, Aliases: aliases, OnFailure: onFailure } = ResourceProperties;
  if (typeof application !== 'string' || application === '') {
    throw new Error(`the gate has the Application ${boundedText(JSON.stringify(application) ?? 'undefined')}`);
  }
  if (!isServed(aliases)) {
    throw new Error(`the gate has the Aliases ${boundedText(JSON.stringify(aliases) ?? 'undefined')}`);
  }
  if (onFailure !== 'fail' && onFailure !== 'warn') {
    const found = boundedText(JSON.stringify(onFailure) ?? 'undefined');
    throw new Error(`the gate has OnFailure ${found}; allowed: 'fail', 'warn'`);
  }
  return { application, aliases, onFailure };
}

function isServed(value: unknown): value is Served {
  const arns = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : [];
  return arns.length > 0 && arns.every((arn) => typeof arn === 'string');
}
