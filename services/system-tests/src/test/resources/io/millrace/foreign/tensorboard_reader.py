"""Prints what TensorBoard's own reader finds in a model's folder.

A line for each scalar: run, tag, step, milliseconds since 1970, and the bits of the value in single
precision. Then a line for each tag of another kind: its kind, run, tag, and how many there are.
"""
import struct
import sys
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import plugin_data_pb2

KINDS = {"histograms": "Histograms", "images": "Images", "tensors": "Tensors"}
EVERYTHING = {kind: 0 for kind in ("scalars", *KINDS)}

folder = Path(sys.argv[1])
rivals = sorted(run.name for run in folder.glob("rival-*"))
for run in (".", "train", "validation", *rivals):
    reader = EventAccumulator(str(folder / run), size_guidance=EVERYTHING)
    reader.Reload()
    for tag in reader.Tags()["scalars"]:
        for event in reader.Scalars(tag):
            bits = struct.pack(">f", event.value).hex()
            print("scalar", run, tag, event.step, round(event.wall_time * 1000), bits, sep="\t")
    for kind, method in KINDS.items():
        for tag in reader.Tags()[kind]:
            print(kind, run, tag, len(getattr(reader, method)(tag)), sep="\t")
    for tag, content in reader.PluginTagToContent("hparams").items() if run == "." else ():
        data = plugin_data_pb2.HParamsPluginData.FromString(content)
        print("hparams", run, tag, len(data.session_start_info.hparams), sep="\t")
