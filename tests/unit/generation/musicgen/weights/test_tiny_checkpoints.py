"""The checkpoints that other tests load are what they say: one model in two layouts."""

import pytest
import torch
from safetensors.torch import load_file

from tests.fakes.tiny_musicgen import write_audiocraft, write_transformers


@pytest.mark.parametrize("kind", ["small", "melody", "stereo"])
def test_both_layouts_hold_the_same_decoder(kind, tmp_path):
    theirs = load_file(write_transformers(tmp_path / "hub", kind) / "model.safetensors")
    packed = torch.load(write_audiocraft(tmp_path / "lab", kind) / "state_dict.bin", weights_only=True)

    at, lab = "decoder.model.decoder.layers.1", packed["best_state"]
    fused = torch.cat([theirs[f"{at}.self_attn.{part}_proj.weight"] for part in "qkv"])
    assert torch.equal(lab["transformer.layers.1.self_attn.in_proj_weight"], fused)
    assert torch.equal(lab["emb.3.weight"], theirs["decoder.model.decoder.embed_tokens.3.weight"])
    assert torch.equal(lab["linears.3.weight"], theirs["decoder.lm_heads.3.weight"])


def test_a_checkpoint_in_shards_is_the_whole_one(tmp_path):
    whole = load_file(write_transformers(tmp_path / "whole", "small") / "model.safetensors")

    shards = sorted(write_transformers(tmp_path / "shards", "small", shards=True).glob("*.safetensors"))

    assert len(shards) > 1
    together = {name: tensor for shard in shards for name, tensor in load_file(shard).items()}
    assert together.keys() == whole.keys()
    assert all(torch.equal(tensor, whole[name]) for name, tensor in together.items())
