let audio: AudioContext | null = null

/** A short low tone: the clerk looks at the goods and not at the screen. Silent where sound is not allowed. */
export function playRefusal(): void {
  try {
    audio ??= new AudioContext()
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = 196
    volume.gain.setValueAtTime(0.15, audio.currentTime)
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25)
    tone.connect(volume).connect(audio.destination)
    tone.start()
    tone.stop(audio.currentTime + 0.25)
  } catch {
    // The notice on the screen says it all the same.
  }
}
