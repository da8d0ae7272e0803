import type { LiveStream } from './subscribe.ts';

/** A stream with something that begins at its start and is over, once, when the stream is: at its end, or when its client leaves. */
export const whenOver = (stream: LiveStream, begin: () => () => void): LiveStream => ({
  start(sink) {
    const over = begin();
    let told = false;
    const tell = (): void => {
      if (!told) over();
      told = true;
    };
    const { resume, leave } = stream.start({
      next: (event) => sink.next(event),
      complete() {
        tell();
        sink.complete();
      },
    });
    return {
      resume,
      leave() {
        tell();
        leave();
      },
    };
  },
});
