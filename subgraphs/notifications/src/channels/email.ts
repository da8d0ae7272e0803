import { newId } from '@buffrsign/kernel';
import { emailRequested } from '../events.ts';
import type { Channel } from './channel.ts';

/** E-mail: asked for here, sent by the e-mail subgraph, which says what became of it. */
export const email: Channel = {
  name: 'EMAIL',
  reaches: (person) => person.email !== null,
  async send(work, { notification, person, notice, content }) {
    const { id: notificationId, organizationId } = notification;
    const deliveryId = newId('dlv');
    const address = person.email!;
    await work.db.delivery.create({ data: { id: deliveryId, organizationId, notificationId, channel: 'EMAIL', state: 'PENDING', address, createdAt: work.now } });
    await work.publish(
      emailRequested,
      { subject: deliveryId, organizationId },
      { deliveryId, to: { name: person.name, email: address }, template: notice.template, variables: { ...content.variables }, sealedVariables: content.links ? work.services.sealLinks(content.links) : null },
    );
  },
};
