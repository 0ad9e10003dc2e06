import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { ownSeries } from './own-series';
import { readSeries } from './read-series';
import { WINDOW_SECONDS, windowsBefore } from './windows';

/** Written once for every window, with the window's time: it says that the window's figures are there. */
export const WINDOWS_METERED = 'WindowsMetered';

/**
 * The windows before `end` that are still to be written, oldest first.
 *
 * Values of one time add up in CloudWatch, so that each window is written once; one that a run missed, because the run
 * failed or the clock of the schedule slipped, is made up for by the next.
 *
 * @param written what the function remembers to have written: CloudWatch may not show it yet
 */
export async function windowsToWrite(
  cloudWatch: CloudWatch,
  clock: Clock,
  environment: string,
  end: number,
  written: ReadonlySet<number>,
): Promise<readonly number[]> {
  const windows = windowsBefore(end);
  const metered = new Set(written);
  const series = ownSeries(WINDOWS_METERED, { Environment: environment }, 'SampleCount', (at, count) => {
    if (count > 0) {
      metered.add(at);
    }
  });
  const stretch = { start: windows[0] ?? end, end, slotSeconds: WINDOW_SECONDS };
  await readSeries(cloudWatch, clock, stretch, [series]);
  return windows.filter((window) => !metered.has(window));
}
