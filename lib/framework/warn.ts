import type { Construct } from 'constructs';

/** Warns whoever synthesizes the app. Both frameworks read this metadata. */
export function warn(scope: Construct, message: string): void {
  scope.node.addMetadata('@cdktf/warn', message);
}
