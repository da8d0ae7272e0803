import type { Channel } from './channel.ts';
import { email } from './email.ts';
import { inApp } from './in-app.ts';

export const channels: readonly Channel[] = [inApp, email];
