import { boundedText } from '../../aws/bounded-text';
import type { LimitAnswer } from './act';
import type { LimitDependencies } from './limit-dependencies';
import { type LimitOrder, RefusedEvent } from './limit-event';
import { denyByHand, releaseByHand } from './order-by-hand';
import { reconcile } from './reconcile';
import type { Limited } from './store/limit-parameters';

/** Follows an order. Throws a `RefusedEvent` if it names an application or an alarm that no stack has defined. */
export async function followOrder(order: LimitOrder, dependencies: LimitDependencies): Promise<LimitAnswer> {
  const all = await dependencies.limits.read();
  const named = (application: string): Limited => {
    const found = all.find((one) => one.application === application);
    if (found === undefined) {
      const names = boundedText(all.map((one) => one.application).join(', ') || 'none');
      throw new RefusedEvent(
        `no stack has a limit of '${boundedText(application, 64)}'; applications with limits: ${names}`,
      );
    }
    if (found.limit === undefined) {
      throw new Error(found.mistakes.join('; '));
    }
    return { ...found, limit: found.limit };
  };
  switch (order.order) {
    case 'look':
      return reconcile(all, { schedule: 'every five minutes' }, dependencies);
    case 'look at one': {
      const watched = all.filter(({ limit }) => limit?.alarmArn === order.alarmArn);
      if (watched.length === 0) {
        throw new RefusedEvent(`the alarm ${boundedText(order.alarmArn)} watches no application with a daily limit`);
      }
      return reconcile(watched, { alarm: order.alarmArn }, dependencies);
    }
    case 'release':
      return releaseByHand(named(order.application), order.by, dependencies);
    case 'deny':
      return denyByHand(named(order.application), order, dependencies);
  }
}
