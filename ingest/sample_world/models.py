"""The accelerator models of the sample world, with the figures its plans, power and prices are made from."""

from ingest.sample_world.spec import ModelSpec

_ALL = (
    ModelSpec("nvidia-h800-sxm5-80g", "NVIDIA", "GPU", 989.5, 1979.0, 75, 690, 80, 10_200, 8, 2_300_000, "A"),
    ModelSpec("nvidia-h20-96g", "NVIDIA", "GPU", 148.0, 296.0, 60, 390, 96, 5_500, 8, 1_100_000, "A"),
    ModelSpec("nvidia-rtx-4090-24g", "NVIDIA", "GPU", 165.2, 330.3, 20, 430, 24, 4_500, 6, 300_000, "B"),
    ModelSpec("huawei-ascend-910b3", "Huawei", "910B3", 313.0, 313.0, 90, 380, 64, 5_600, 7, 1_350_000, "A"),
    ModelSpec("huawei-ascend-910b4", "Huawei", "910B4", 280.0, 280.0, 80, 330, 32, 5_200, 7, 900_000, "A"),
    ModelSpec("cambricon-mlu590", "Cambricon", "MLU590", 314.0, 314.0, 70, 340, 96, 5_400, 8, 1_150_000, "B"),
    ModelSpec("hygon-dcu-k100-ai", "Hygon", "K100AI", 196.0, 196.0, 60, 330, 64, 4_800, 6, 700_000, "B"),
    ModelSpec("metax-c500-oam", "MetaX", "C500", 280.0, 280.0, 70, 420, 64, 5_600, 8, 800_000, "B"),
)

MODELS: dict[str, ModelSpec] = {model.model_id: model for model in _ALL}
